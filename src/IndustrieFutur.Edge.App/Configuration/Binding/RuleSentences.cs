using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>Holds a value against the rules of its key and says in plain words which one it breaks and what to write instead.</summary>
internal static class RuleSentences
{
    /// <param name="property">The key.</param>
    /// <param name="value">What was read.</param>
    /// <param name="entries">How many entries a list or map has in the file; one that could not be read counts all the same.</param>
    public static IEnumerable<string> Broken(OptionProperty property, object value, int entries)
    {
        var isCollection = value is ICollection;
        return property.Rules.Where(rule => isCollection ? !Counts(rule, entries) : !rule.IsValid(value)).Select(rule => Sentence(rule, property, value, entries));
    }

    /// <summary>What a key that must be there and is not should be answered with.</summary>
    public static string Missing(OptionProperty property)
    {
        var example = property.Shape switch
        {
            OptionShape.Text => property.Rule<AllowedValuesAttribute>() is { } allowed ? $"\"{allowed.Values[0]}\"" : "\"...\"",
            OptionShape.Whole => property.Rule<RangeAttribute>() is { } range ? Written(range.Minimum) : "1",
            OptionShape.Number => "0.5",
            OptionShape.Switch => "true",
            OptionShape.Duration => "\"500ms\"",
            OptionShape.Choice => $"\"{OptionProperty.NameOf(Enum.GetValues(property.Type).GetValue(0)!)}\"",
            OptionShape.Secret => "\"env:NAME\"",
            OptionShape.List => "[...]",
            _ => "{...}",
        };
        return $"is missing; add \"{property.Key}\": {example}{InBrackets(property.Description)}";
    }

    /// <summary>What a number may be: its range, or what fits into its type.</summary>
    public static string Limits(OptionProperty property, Type type)
    {
        if (property.Rule<RangeAttribute>() is { } range)
        {
            return Limits(range);
        }

        object Bound(string name) => type.GetField(name)!.GetValue(null)!;
        return $"{Written(Bound("MinValue"))} to {Written(Bound("MaxValue"))}";
    }

    public static string OneOf(IEnumerable<object?> values) => string.Join(", ", values.Select(Written)) is var all && all.Length > 0 ? all : "nothing";

    private static bool Counts(ValidationAttribute rule, int entries) => rule switch
    {
        MaxLengthAttribute longest => entries <= longest.Length,
        MinLengthAttribute shortest => entries >= shortest.Length,
        _ => throw new InvalidOperationException($"{rule.GetType().Name} is no rule for a list or map; use MinLength and MaxLength."),
    };

    private static string Sentence(ValidationAttribute rule, OptionProperty property, object value, int entries) => rule switch
    {
        RangeAttribute range => $"{Written(value)} is out of range; write {Limits(range)}",
        AllowedValuesAttribute allowed => $"{Written(value)} is not known here; write {OneOf(allowed.Values)}",
        MaxLengthAttribute longest => value is string text
            ? $"the text has {Count(text.Length)} characters; at most {Count(longest.Length)} are allowed, shorten it"
            : $"{Count(entries)} entries stand here; at most {Count(longest.Length)} are allowed, remove some",
        MinLengthAttribute shortest => value is string
            ? $"{Written(value)} is too short; write at least {Count(shortest.Length)} characters"
            : $"nothing stands here; give at least {Count(shortest.Length)}{InBrackets(property.Description)}",
        RegularExpressionAttribute pattern => $"{Written(value)} is not allowed here; write what matches {pattern.Pattern}{InBrackets(property.Description)}",
        _ => $"{Written(value)} is not allowed here; write another{InBrackets(property.Description)}",
    };

    public static string Limits(RangeAttribute range)
    {
        var (low, high) = (range.Minimum, range.Maximum);
        if (range.OperandType == typeof(TimeSpan) && low is string shortest && high is string longest)
        {
            (low, high) = (TimeSpan.Parse(shortest, CultureInfo.InvariantCulture), TimeSpan.Parse(longest, CultureInfo.InvariantCulture));
        }

        return high is double.MaxValue or int.MaxValue ? $"{Written(low)} or more" : $"{Written(low)} to {Written(high)}";
    }

    /// <summary>A value as it is written in the file.</summary>
    private static string Written(object? value) => value switch
    {
        null => "null",
        TimeSpan duration => $"\"{Durations.Format(duration)}\"",
        string text => $"\"{(text.Length <= 60 ? text : text[..60] + "...").ReplaceLineEndings(" ")}\"",
        bool on => on ? "true" : "false",
        Enum choice => $"\"{OptionProperty.NameOf(choice)}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string InBrackets(string description) => description.Length == 0 ? "" : $" ({description.TrimEnd('.')})";
}
