using System.Buffers;
using System.Globalization;

namespace IndustrieFutur.Edge.Core.Configuration;

/// <summary>Durations as integrators write them, <c>"500ms"</c>: always with the unit, because a bare number means another thing to everybody.</summary>
public static class Durations
{
    /// <summary>What a duration looks like, for the JSON Schema.</summary>
    public const string Pattern = @"^[0-9]+(\.[0-9]+)?(us|ms|s|m|h|d)$";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>False with a sentence that says what to write instead.</summary>
    public static bool TryParse(string text, out TimeSpan duration, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = TimeSpan.Zero;
        var unitAt = text.AsSpan().IndexOfAnyExcept(Digits);
        if (unitAt < 0)
        {
            error = text.Length == 0
                ? "is no duration; write a number with a unit, such as \"500ms\", \"2s\", \"1m\", \"1h\" or \"1d\""
                : $"has no unit; write \"{text}ms\" or \"{text}s\"";
            return false;
        }

        var unit = Array.Find(Units, candidate => text.AsSpan(unitAt).SequenceEqual(candidate.Unit));
        if (unit.Ticks == 0 || !decimal.TryParse(text.AsSpan(0, unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            error = "is no duration; write a number with a unit, such as \"500ms\", \"2s\", \"1m\", \"1h\" or \"1d\"";
            return false;
        }

        // Beyond a hundred years is a slip of the finger, and decimal arithmetic below it cannot overflow.
        if (number > (decimal)TimeSpan.FromDays(36_500).Ticks / unit.Ticks)
        {
            error = "is longer than a hundred years; write a shorter one";
            return false;
        }

        duration = TimeSpan.FromTicks((long)(number * unit.Ticks));
        error = "";
        return true;
    }

    /// <summary>The duration as an integrator would write it, in the largest unit that needs no decimals.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var (unit, ticks) = Array.FindLast(Units, candidate => duration.Ticks % candidate.Ticks == 0);
        return unit is null
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds}us")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
    }
}
