using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>Bytes that anybody may have published: refused, never an exception, never an endless loop.</summary>
public sealed class TelemetryHostileTests
{
    private static readonly byte[] Good = TelemetryCodecTests.Encode(
        [
            new TelemetrySample(1, 1_700_000_000_010_000_001, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(1.25), "", 0),
            new TelemetrySample(2, 1_700_000_000_011_000_000, TelemetryKind.Text, 0, "Pièce", 0x4000_0000),
            new TelemetrySample(3, 1_700_000_000_012_999_999, TelemetryKind.Int64, -5, "", 0x8000_0000),
            new TelemetrySample(4, 1_700_000_000_013_000_000, TelemetryKind.Boolean, 1, "", 0),
        ],
        first: 7);

    [Fact]
    public void Random_bytes_are_refused()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Assert.False(TelemetryReader.TryOpen(bytes, out _)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        Assert.All(Enumerable.Range(0, Good.Length), length => Assert.False(TelemetryReader.TryOpen(Good.AsSpan(0, length), out _)));
        Assert.True(TelemetryReader.TryOpen(Good, out _));
    }

    [Fact]
    public void Flipped_bits_are_refused_or_read_to_the_end_without_a_fault()
    {
        Prop.ForAll(Gen.Choose(0, Good.Length * 8 - 1).NonEmptyListOf().ToArbitrary(), flips =>
        {
            var bytes = Good.ToArray();
            foreach (var bit in flips)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            if (TelemetryReader.TryOpen(bytes, out var reader))
            {
                Assert.Equal(reader.Count, CountOf(reader));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Random_bytes_after_a_good_beginning_are_refused_or_read_to_the_end()
    {
        Prop.ForAll(Gen.Choose(0, Good.Length).ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), (kept, bytes) =>
        {
            if (TelemetryReader.TryOpen([.. Good.AsSpan(0, kept), .. bytes], out var reader))
            {
                Assert.Equal(reader.Count, CountOf(reader));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Theory]
    [InlineData("", "nothing at all")]
    [InlineData("0801", "no body")]
    [InlineData("2A00", "an empty body")]
    [InlineData("2A1C" + "02000000" + "0000000000000000" + "0100000000000000" + "0000000000000000", "an unknown version")]
    [InlineData("2A1C" + "01000100" + "0000000000000000" + "0100000000000000" + "0000000000000000", "a count without metrics")]
    [InlineData("2A2D" + "01000000" + "0000000000000000" + "0100000000000000" + "0000000000000000" + "0500000000000000" + "0400000000000000" + "01", "a gap that ends before it begins")]
    [InlineData("2A2D" + "01000000" + "0000000000000000" + "0100000000000000" + "0000000000000000" + "0000000000000000" + "0400000000000000" + "01", "a gap from number 0")]
    [InlineData("2AFFFFFFFFFFFFFFFFFF01", "a body longer than the world")]
    public void Nonsense_is_refused(string hex, string what)
    {
        Assert.False(TelemetryReader.TryOpen(Convert.FromHexString(hex), out _), what);
    }

    [Theory]
    [InlineData("100118015801", "C0843D", "a million nanoseconds within a millisecond")]
    [InlineData("10015801", "00", "no time")]
    [InlineData("18015801", "00", "no alias")]
    [InlineData("10011801", "00", "neither a value nor null")]
    [InlineData("1001180158013801", "00", "a value and null")]
    [InlineData("108080808010" + "18015801", "00", "an alias beyond 32 bits")]
    [InlineData("1001" + "18FFFFFFFFFFFFFFFF7F" + "5801", "00", "a time beyond 64 bits of nanoseconds")]
    public void A_metric_that_makes_no_sense_is_refused(string metric, string nanos, string what)
    {
        Assert.False(TelemetryReader.TryOpen(Payload(metric, nanos), out _), what);
        Assert.True(TelemetryReader.TryOpen(Payload("100118015801", "00"), out _));
    }

    [Fact]
    public void Fields_that_other_tools_add_are_passed_over()
    {
        // In the metric: name "x", datatype, is_historical, empty properties. Before it: a uuid.
        byte[] payload = [.. Convert.FromHexString("220161"), .. Payload("0A0178" + "1001" + "1801" + "2004" + "2801" + "4A00" + "5807", "00")];

        Assert.True(TelemetryReader.TryOpen(payload, out var reader));
        Assert.True(reader.TryNext(out var read));

        Assert.Equal((1u, 1_000_000L, 7L), (read.Alias, read.SourceUtcNanos, read.Bits));
    }

    /// <summary>One metric and a body that fits it, with the nanoseconds as given.</summary>
    private static byte[] Payload(string metric, string nanos)
    {
        var body = "01000100" + "0000000000000000" + "0100000000000000" + "0000000000000000" + nanos + "00000000" + "0100";
        return Convert.FromHexString($"12{metric.Length / 2:X2}{metric}2A{body.Length / 2:X2}{body}");
    }

    private static int CountOf(TelemetryReader reader)
    {
        var count = 0;
        while (reader.TryNext(out _))
        {
            count++;
        }

        return count;
    }
}
