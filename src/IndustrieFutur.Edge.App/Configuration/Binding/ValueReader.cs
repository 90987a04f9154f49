using System.Globalization;
using IndustrieFutur.Edge.App.Configuration.Reading;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>Reads one plain value (text, number, switch, duration, choice, secret); null with a sentence when something else stands there.</summary>
internal static class ValueReader
{
    public static object? Read(LocatedNode node, OptionShape shape, Type type, OptionProperty property, out string error)
    {
        error = "";
        return shape switch
        {
            OptionShape.Text => Text(node, out error),
            OptionShape.Switch => Switch(node, out error),
            OptionShape.Whole => Whole(node, type, property, out error),
            OptionShape.Number => Number(node, type, out error),
            OptionShape.Duration => Duration(node, property, out error),
            OptionShape.Choice => Choice(node, type, out error),
            _ => Secret(node, out error),
        };
    }

    private static string? Text(LocatedNode node, out string error)
    {
        if (IsText(node))
        {
            error = "";
            return node.Text;
        }

        var remedy = node.Kind switch
        {
            LocatedKind.Number => $"write \"{node.Text}\" in quotes",
            LocatedKind.True or LocatedKind.False => $"write \"{node.InWords()}\" in quotes",
            _ => "write \"...\" in quotes",
        };
        error = Expected(node, "a text", remedy);
        return null;
    }

    private static bool? Switch(LocatedNode node, out string error)
    {
        error = "";
        if (node.Kind is LocatedKind.True or LocatedKind.False)
        {
            return node.Kind == LocatedKind.True;
        }

        if (node.Kind == LocatedKind.Loose && bool.TryParse(node.Text, out var value))
        {
            return value;
        }

        error = Expected(node, "true or false", "write true or false without quotes");
        return null;
    }

    private static object? Whole(LocatedNode node, Type type, OptionProperty property, out string error)
    {
        error = "";
        if (!IsNumber(node) || !decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            error = Expected(node, "a whole number", WithoutQuotes(node, property.Default ?? "1"));
            return null;
        }

        if (number != decimal.Truncate(number))
        {
            error = $"{node.Text} is no whole number; write {decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)} or another whole number";
            return null;
        }

        try
        {
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            error = $"{node.Text} is out of range; write {RuleSentences.Limits(property, type)}";
            return null;
        }
    }

    private static object? Number(LocatedNode node, Type type, out string error)
    {
        error = "";
        if (!IsNumber(node) || !double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            error = Expected(node, "a number", WithoutQuotes(node, "0.5"));
            return null;
        }

        if (!double.IsFinite(number))
        {
            error = $"{node.Text} is larger than any number that can be stored; write a smaller one";
            return null;
        }

        return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
    }

    private static TimeSpan? Duration(LocatedNode node, OptionProperty property, out string error)
    {
        if (IsText(node))
        {
            if (Durations.TryParse(node.Text, out var duration, out error))
            {
                return duration;
            }

            error = $"\"{node.Text}\" {error}";
            return null;
        }

        var example = property.Default is TimeSpan { Ticks: > 0 } usual ? Durations.Format(usual) : "500ms";
        error = node.Kind == LocatedKind.Number
            ? $"{node.Text} has no unit; write \"{node.Text}ms\" or \"{node.Text}s\""
            : Expected(node, "a duration", $"write a number with a unit in quotes, such as \"{example}\"");
        return null;
    }

    private static object? Choice(LocatedNode node, Type type, out string error)
    {
        var values = Enum.GetValues(type).Cast<object>().ToList();
        var names = values.Select(OptionProperty.NameOf).ToList();
        if (IsText(node) && names.IndexOf(node.Text) is >= 0 and var index)
        {
            error = "";
            return values[index];
        }

        var said = RuleSentences.OneOf(names);
        var nearest = IsText(node) ? NearestKey.Find(node.Text, names) : null;
        error = IsText(node)
            ? $"\"{node.Text}\" is not known here; " + (nearest is null ? $"write {said}" : $"did you mean \"{nearest}\"? Allowed: {said}")
            : Expected(node, said, "write it in quotes");
        return null;
    }

    /// <summary>Never repeats what stands there: it may be the secret.</summary>
    private static SecretReference? Secret(LocatedNode node, out string error) =>
        SecretReference.Parse(IsText(node) ? node.Text : "", out error);

    public static string Expected(LocatedNode node, string expected, string remedy) =>
        $"{node.InWords()} stands where {expected} is expected; {remedy}";

    private static string WithoutQuotes(LocatedNode node, object example)
    {
        var isQuotedNumber = IsText(node) && double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        return isQuotedNumber ? $"write {node.Text} without quotes" : string.Create(CultureInfo.InvariantCulture, $"write a number, such as {example}");
    }

    private static bool IsText(LocatedNode node) => node.Kind is LocatedKind.Text or LocatedKind.Loose;

    private static bool IsNumber(LocatedNode node) => node.Kind is LocatedKind.Number or LocatedKind.Loose;
}
