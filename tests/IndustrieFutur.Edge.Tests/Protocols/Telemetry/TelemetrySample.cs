using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>A sample as tests make it up, extremes included, and as it is expected back.</summary>
internal sealed record TelemetrySample(uint Alias, long SourceUtcNanos, TelemetryKind Kind, long Bits, string Text, uint Status)
{
    private static readonly long[] OddBits =
        [0, 1, -1, long.MaxValue, long.MinValue, BitConverter.DoubleToInt64Bits(0.1), BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(double.MaxValue)];

    private static readonly long[] OddTimes =
        [0, -1, 1, 999_999, 1_000_000, -1_000_001, 1_700_000_000_123_456_789, long.MaxValue, long.MinValue];

    private static readonly uint[] OddStatuses = [0, 0x4000_0000, 0x8000_0000, 0x8031_0000, uint.MaxValue];

    private static readonly string[] OddTexts = ["", "ok", "Pièce n° 5", "\"quoted\\\"", "a\nb", "\u0000"];

    public bool IsBad => Status >> 31 != 0;

    public static Gen<TelemetrySample> Gen() =>
        from alias in FsCheck.Fluent.Gen.Elements(0u, 1u, 127u, 128u, 70_000u, uint.MaxValue)
        from time in FsCheck.Fluent.Gen.OneOf(FsCheck.Fluent.Gen.Elements(OddTimes), ArbMap.Default.GeneratorFor<long>())
        from kind in FsCheck.Fluent.Gen.Elements(Enum.GetValues<TelemetryKind>())
        from bits in FsCheck.Fluent.Gen.OneOf(FsCheck.Fluent.Gen.Elements(OddBits), ArbMap.Default.GeneratorFor<long>())
        from text in FsCheck.Fluent.Gen.Elements(OddTexts)
        from status in FsCheck.Fluent.Gen.Elements(OddStatuses)
        select new TelemetrySample(alias, time, kind, bits, text, status);

    /// <summary>What a reader must make of it: unsigned integers look like signed ones, booleans are 0 or 1, a Bad sample has no value.</summary>
    public TelemetrySample OnTheWire()
    {
        var kind = IsBad ? TelemetryKind.Float64 : Kind == TelemetryKind.UInt64 ? TelemetryKind.Int64 : Kind;
        var bits = IsBad || Kind == TelemetryKind.Text ? 0 : Kind == TelemetryKind.Boolean ? Math.Min(1, Math.Abs(Math.Sign(Bits))) : Bits;
        return this with { Kind = kind, Bits = bits, Text = !IsBad && Kind == TelemetryKind.Text ? Text : "" };
    }
}
