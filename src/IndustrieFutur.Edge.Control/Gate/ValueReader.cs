using System.Globalization;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Makes what a person wrote into a command's values, or says which limit it breaks.</summary>
internal static class ValueReader
{
    /// <summary>The longest number or choice that means something; more is not looked at.</summary>
    private const int TextMax = 256;

    /// <summary>Of a step: what a decimal fraction loses as a binary one.</summary>
    private const double StepTolerance = 1e-9;

    public static Refusal? Read(CommandPlan command, IReadOnlyDictionary<string, string> said, out double[] values)
    {
        values = [.. command.Values];
        if (said.Keys.FirstOrDefault(id => command.Parameters.All(parameter => parameter.Id != id)) is not null)
        {
            return Refuse("une valeur n'appartient pas à cette commande ; retirez-la", "a value is not of this command; remove it");
        }

        if (command.Parameters.Count == 0)
        {
            return null;
        }

        values = new double[command.Parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.Parameters[i];
            if (!said.TryGetValue(parameter.Id, out var text))
            {
                return Refuse($"« {parameter.Id} » manque ; indiquez-la", $"\"{parameter.Id}\" is missing; say it");
            }

            if (Parse(parameter, text, out values[i]) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>The limits of values that are numbers already, and how fast they may change.</summary>
    public static Refusal? Check(CommandPlan command, IReadOnlyList<double> values, LiveConditions live, long monoNow, long lastMonoNanos)
    {
        for (var i = 0; i < command.Parameters.Count; i++)
        {
            var parameter = command.Parameters[i];
            if (i >= values.Count || CheckRange(parameter, values[i]) is not null)
            {
                return i >= values.Count ? Refuse("une valeur manque ; indiquez-la", "a value is missing; say it") : CheckRange(parameter, values[i]);
            }

            if (parameter.RateNanos > 0 && lastMonoNanos != 0 && monoNow - lastMonoNanos < parameter.RateNanos)
            {
                return Refuse($"« {parameter.Id} » vient d'être changée ; attendez", $"\"{parameter.Id}\" was changed a moment ago; wait");
            }

            if (!double.IsFinite(parameter.RateChange) || parameter.RateSignal < 0)
            {
                continue;
            }

            if (!live.TryRead(parameter.RateSignal, monoNow, out var current))
            {
                return Refuse($"la valeur en vigueur de « {parameter.Id} » est inconnue ; vérifiez l'appareil", $"the value in force of \"{parameter.Id}\" is not known; check the device");
            }

            if (!(Math.Abs(values[i] - current) <= parameter.RateChange))
            {
                return Refuse(
                    $"« {parameter.Id} » ne peut changer que de {Words(parameter.RateChange)} à la fois, de {Words(current)} ; procédez par étapes",
                    $"\"{parameter.Id}\" may change by {Words(parameter.RateChange)} at once, from {Words(current)}; go in steps");
            }
        }

        return null;
    }

    private static Refusal? Parse(ParameterPlan parameter, string text, out double value)
    {
        value = 0;
        if (parameter.Choices.Count > 0)
        {
            for (var i = 0; i < parameter.Choices.Count; i++)
            {
                if (parameter.Choices[i] == text)
                {
                    value = i;
                    return null;
                }
            }

            return Refuse($"« {parameter.Id} » n'est pas dans la liste ; choisissez-y", $"\"{parameter.Id}\" is not in the list; choose from it");
        }

        // A condition is said in words too: a parameter from 0 to 1.
        if (parameter is { Low: 0, High: 1 } && text is "true" or "false")
        {
            value = text == "true" ? 1 : 0;
            return null;
        }

        // Line ends around a number, and NULs behind it, would be read over: nobody who means well writes them.
        if (text.Length > TextMax || text.Any(char.IsControl) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            return Refuse($"« {parameter.Id} » n'est pas un nombre ; écrivez par exemple 0.2", $"\"{parameter.Id}\" is no number; write for example 0.2");
        }

        return null;
    }

    private static Refusal? CheckRange(ParameterPlan parameter, double value)
    {
        if (parameter.Choices.Count > 0)
        {
            return value >= 0 && value < parameter.Choices.Count && value == Math.Floor(value) ? null : Refuse($"« {parameter.Id} » n'est pas dans la liste ; choisissez-y", $"\"{parameter.Id}\" is not in the list; choose from it");
        }

        if (!double.IsFinite(value) || value < parameter.Low || value > parameter.High)
        {
            return Refuse(
                $"« {parameter.Id} » doit être de {Words(parameter.Low)} à {Words(parameter.High)} {parameter.Unit} ; corrigez-la",
                $"\"{parameter.Id}\" has to be from {Words(parameter.Low)} to {Words(parameter.High)} {parameter.Unit}; correct it");
        }

        if (parameter.Step > 0)
        {
            var steps = (value - (double.IsFinite(parameter.Low) ? parameter.Low : 0)) / parameter.Step;
            if (!(Math.Abs(steps - Math.Round(steps)) <= StepTolerance))
            {
                return Refuse($"« {parameter.Id} » va par pas de {Words(parameter.Step)} ; corrigez-la", $"\"{parameter.Id}\" goes in steps of {Words(parameter.Step)}; correct it");
            }
        }

        return null;
    }

    private static string Words(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static Refusal Refuse(string fr, string en) => new("limits", $"Valeurs refusées : {fr}.", $"The values are refused: {en}.");
}
