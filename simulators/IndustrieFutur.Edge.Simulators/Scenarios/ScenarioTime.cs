using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>Times as people write them: "250ms", "12s", "1.5s", "2m".</summary>
internal static class ScenarioTime
{
    /// <summary>A scenario is over in minutes.</summary>
    private const long NanosMax = 3_600_000_000_000;

    private static readonly (string Suffix, decimal Nanos)[] Units = [("ms", 1_000_000m), ("s", 1_000_000_000m), ("m", 60_000_000_000m)];

    /// <param name="text">What was written.</param>
    /// <param name="nanos">More than 0, at most an hour.</param>
    public static bool TryParse(string text, out long nanos)
    {
        nanos = 0;
        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number > 0 && number <= NanosMax / unit)
            {
                nanos = (long)(number * unit);
                return nanos > 0;
            }
        }

        return false;
    }

    /// <summary>The shortest way to write it.</summary>
    public static string Write(long nanos) => nanos % 1_000_000_000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{nanos / 1_000_000_000}s")
        : string.Create(CultureInfo.InvariantCulture, $"{nanos / 1_000_000m:0.###}ms");
}
