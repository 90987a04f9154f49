using System.Globalization;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The values are there, within their range, on their step, not too far from what is in force and not too soon.</summary>
internal sealed class LimitsRule : IGateRule
{
    public const string Word = "limits";

    /// <summary>Of a step: 0.1 three times is not 0.3.</summary>
    private const double StepTolerance = 1e-9;

    public Refusal? Ask(GateQuestion question)
    {
        var (command, said) = (question.Command!, question.Request.Values);
        if (said.Keys.FirstOrDefault(id => command.Parameters.All(parameter => parameter.Id != id)) is { } unknown)
        {
            return Refuse($"Cette commande n'a pas de valeur « {Shown(unknown)} ».", $"This command has no value \"{Shown(unknown)}\".");
        }

        var values = new double[command.Parameters.Count > 0 ? command.Parameters.Count : command.Values.Count];
        for (var i = 0; i < command.Parameters.Count; i++)
        {
            if (Read(command.Parameters[i], said, out values[i]) is { } refusal)
            {
                return refusal;
            }
        }

        if (command.Parameters.Count == 0)
        {
            command.Values.ToArray().CopyTo(values, 0);
        }

        question.Values = values;
        return command.Parameters.Select((parameter, i) => TooFast(question, parameter, values[i])).FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Read(ParameterPlan parameter, IReadOnlyDictionary<string, string> said, out double value)
    {
        value = 0;
        if (!said.TryGetValue(parameter.Id, out var text))
        {
            return Refuse($"La valeur « {parameter.Id} » manque.", $"The value \"{parameter.Id}\" is missing.");
        }

        if (parameter.Choices.Count > 0)
        {
            value = parameter.Choices.ToList().IndexOf(text);
            return value >= 0 ? null : Refuse(
                $"« {Shown(text)} » n'est pas un choix de {parameter.Id} ; choisir : {string.Join(", ", parameter.Choices)}.",
                $"\"{Shown(text)}\" is no choice of {parameter.Id}; take one of: {string.Join(", ", parameter.Choices)}.");
        }

        if (text is "true" or "false")
        {
            text = text == "true" ? "1" : "0";
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            return Refuse($"« {Shown(text)} » n'est pas un nombre ; écrire {parameter.Id} comme 0.25.", $"\"{Shown(text)}\" is no number; write {parameter.Id} such as 0.25.");
        }

        if (value < parameter.Low || value > parameter.High)
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"{parameter.Low} … {parameter.High} {parameter.Unit}").TrimEnd();
            return Refuse($"{parameter.Id} = {text} est hors limites ({range}).", $"{parameter.Id} = {text} is out of its limits ({range}).");
        }

        var steps = parameter.Step > 0 ? (value - parameter.Low) / parameter.Step : 0;
        return Math.Abs(steps - Math.Round(steps)) <= StepTolerance * Math.Max(1, Math.Abs(steps)) ? null : Refuse(
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Id} = {text} n'est pas sur le pas de {parameter.Step} depuis {parameter.Low}."),
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Id} = {text} is not on the step of {parameter.Step} from {parameter.Low}."));
    }

    private static Refusal? TooFast(GateQuestion question, ParameterPlan parameter, double value)
    {
        var waited = question.MonoNow - question.LastOrderMonoNanos;
        if (parameter.RateNanos > 0 && question.LastOrderMonoNanos != 0 && waited < parameter.RateNanos)
        {
            var left = string.Create(CultureInfo.InvariantCulture, $"{(parameter.RateNanos - waited) / 1e9:0.0} s");
            return Refuse($"Trop tôt après la commande précédente : attendre {left}.", $"Too soon after the order before: wait {left}.");
        }

        if (double.IsInfinity(parameter.RateChange))
        {
            return null;
        }

        if (!question.Conditions.TryRead(parameter.RateSignal, question.MonoNow, out var live))
        {
            var words = question.Describe(parameter.RateSignal);
            return Refuse($"La valeur en vigueur n'est pas connue ({words}).", $"What is in force is not known ({words}).");
        }

        return Math.Abs(value - live) <= parameter.RateChange ? null : Refuse(
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Id} = {value} est à plus de {parameter.RateChange} de la valeur en vigueur ({live}) : y aller en plusieurs pas."),
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Id} = {value} is further than {parameter.RateChange} from what is in force ({live}): go there in several steps."));
    }

    /// <summary>What a stranger wrote is shown short and without control characters: it goes to terminals and into the audit.</summary>
    private static string Shown(string text) => string.Concat(text.Take(40).Select(letter => char.IsControl(letter) ? '?' : letter)) + (text.Length > 40 ? "…" : "");

    private static Refusal Refuse(string french, string english) => new(Word, french, english);
}
