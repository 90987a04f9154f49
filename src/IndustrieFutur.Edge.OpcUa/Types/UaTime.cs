namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>DateTime as it is on the wire: 100 ns steps since 1601-01-01 UTC (OPC UA Part 6, 5.2.2.5), and its way to nanoseconds since 1970.</summary>
public static class UaTime
{
    /// <summary>1970-01-01 UTC on the wire.</summary>
    public const long UnixEpoch = 116_444_736_000_000_000;

    private const int NanosPerStep = 100;

    /// <summary>The last step whose nanoseconds since 1970 a long can hold, in the year 2262.</summary>
    private const long LastStep = UnixEpoch + (long.MaxValue / NanosPerStep);

    private const long FirstStep = UnixEpoch + (long.MinValue / NanosPerStep);

    public static long NowUtc(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return clock.GetUtcNow().UtcDateTime.ToFileTimeUtc();
    }

    public static long FromUtcNanos(long utcNanos) => UnixEpoch + Math.DivRem(utcNanos, NanosPerStep, out _);

    /// <summary>Nanoseconds since 1970; what lies beyond a long's reach becomes its end.</summary>
    public static long ToUtcNanos(long wire) => (Math.Clamp(wire, FirstStep, LastStep) - UnixEpoch) * NanosPerStep;

    /// <summary>The calendar's time; 0 and less is its beginning, what lies beyond the year 9999 its end.</summary>
    public static DateTime ToDateTime(long wire)
    {
        const long Last = 2_650_467_743_999_999_999;
        return wire <= 0 ? DateTime.MinValue : wire > Last ? DateTime.MaxValue : DateTime.FromFileTimeUtc(wire);
    }
}
