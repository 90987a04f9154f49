namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>
/// How the body of a telemetry payload is laid out (little-endian): version, flags, count, epoch, first number, plan hash; then a varint
/// of the nanoseconds within the millisecond per metric; then pairs of a status and how many metrics in a row have it.
/// </summary>
internal static class TelemetryBody
{
    public const byte Version = 1;
    public const byte ReplayFlag = 1;
    public const int FlagsAt = 1;
    public const int CountAt = 2;
    public const int EpochAt = 4;
    public const int FirstAt = 12;
    public const int PlanHashAt = 20;
    public const int HeaderBytes = 28;

    /// <summary>A gap follows the header with its first number, its last number and the cause.</summary>
    public const int GapBytes = HeaderBytes + 17;

    /// <summary>A status (32 bits) and a run (16 bits).</summary>
    public const int RunBytes = 6;

    /// <summary>999,999 takes 20 bits.</summary>
    public const int NanosBytesMax = 3;

    public const int CountMax = ushort.MaxValue;
    public const long NanosPerMilli = 1_000_000;
}
