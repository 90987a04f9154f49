using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>What the edge encodes, the historian decodes: every kind, every status, at the ends of every range.</summary>
public sealed class TelemetryCodecTests
{
    private const ulong Epoch = 0xFEDC_BA98_7654_3210;

    [Fact]
    public void Samples_come_back_as_they_were_sent()
    {
        Prop.ForAll(TelemetrySample.Gen().NonEmptyListOf().ToArbitrary(), samples =>
        {
            var payload = Encode([.. samples], first: 4_711);

            var (reader, read) = Read(payload);

            Assert.Equal(samples.Select(sample => sample.OnTheWire()), read);
            Assert.Equal((Epoch, 4_711ul, 99ul, samples.Count), (reader.Epoch, reader.First, reader.PlanHash, reader.Count));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_announced_sizes_always_suffice()
    {
        Prop.ForAll(TelemetrySample.Gen().ListOf().ToArbitrary(), samples =>
        {
            var texts = samples.Select(sample => Encoding.UTF8.GetByteCount(sample.Text)).DefaultIfEmpty(0).Max();
            var buffer = new byte[TelemetryEncoder.BufferNeeded(samples.Count, texts)];
            var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(samples.Count)]);
            encoder.Begin(ulong.MaxValue, Epoch, 1, 99, false);

            foreach (var sample in samples)
            {
                Assert.True(Add(ref encoder, sample));
            }

            Assert.InRange(encoder.End(), 1, buffer.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_sample_that_does_not_fit_leaves_the_payload_whole()
    {
        Prop.ForAll(TelemetrySample.Gen().NonEmptyListOf().ToArbitrary(), Gen.Choose(80, 400).ToArbitrary(), (samples, bytes) =>
        {
            var buffer = new byte[bytes];
            var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(samples.Count)]);
            encoder.Begin(1_700_000_000_000, Epoch, 1, 99, false);
            var fitted = 0;
            while (fitted < samples.Count && Add(ref encoder, samples[fitted]))
            {
                fitted++;
            }

            var (_, read) = ReadOrEmpty(buffer.AsSpan(0, encoder.End()), fitted);

            Assert.Equal(samples.Take(fitted).Select(sample => sample.OnTheWire()), read);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_payload_holds_65535_samples_and_no_more()
    {
        const int Most = ushort.MaxValue;
        var buffer = new byte[TelemetryEncoder.BufferNeeded(Most + 1, 0)];
        var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(Most + 1)]);
        encoder.Begin(1, Epoch, 1, 99, false);
        for (var i = 0; i < Most; i++)
        {
            Assert.True(encoder.TryAdd(1, i, TelemetryKind.Float64, i, default, 0));
        }

        Assert.False(encoder.TryAdd(1, 0, TelemetryKind.Float64, 0, default, 0));

        var (reader, read) = Read(buffer.AsSpan(0, encoder.End()));
        Assert.Equal(Most, reader.Count);
        Assert.Equal(Most, read.Count);
        Assert.Equal(Most - 1, read[^1].Bits);
    }

    [Fact]
    public void A_replay_says_so()
    {
        var (live, _) = Read(Encode([new TelemetrySample(1, 2, TelemetryKind.Int64, 3, "", 0)], 1));
        var (replay, _) = Read(Encode([new TelemetrySample(1, 2, TelemetryKind.Int64, 3, "", 0)], 1, replay: true));

        Assert.False(live.IsReplay);
        Assert.True(replay.IsReplay);
    }

    [Theory]
    [InlineData(1ul, 1ul)]
    [InlineData(300ul, 1_000_000ul)]
    [InlineData(1ul, ulong.MaxValue - 1)]
    public void A_gap_comes_back_as_it_was_sent(ulong from, ulong to)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(0, 0)];
        var length = TelemetryEncoder.EncodeGap(buffer, ulong.MaxValue, Epoch, 99, from, to, 5);

        Assert.True(TelemetryReader.TryOpen(buffer.AsSpan(0, length), out var reader));

        Assert.True(reader.IsGap);
        Assert.Equal((Epoch, 99ul, from, to, (byte)5, 0), (reader.Epoch, reader.PlanHash, reader.GapFrom, reader.GapTo, reader.GapCause, reader.Count));
        Assert.False(reader.TryNext(out _));
    }

    [Fact]
    public void The_bytes_are_those_of_a_foreign_library()
    {
        // The DATA vector of npm sparkplug-payload 1.0.3: alias 1 = 1.25 at 1700000000010, seq 2; ours carries its body after it.
        var payload = Encode([new TelemetrySample(1, 1_700_000_000_010_000_000, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(1.25), "", 0)], first: 0x102, millis: 1_700_000_000_010);

        var text = Convert.ToHexString(payload);

        const string Vector = "088AD095FFBC311212" + "1001188AD095FFBC3169000000000000F43F" + "1802";
        Assert.StartsWith(Vector + "2A23" + "01000100" + "1032547698BADCFE" + "0201000000000000" + "6300000000000000", text, StringComparison.Ordinal);
        Assert.EndsWith("00" + "00000000" + "0100", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_false_and_a_zero_are_present_and_a_bad_sample_is_null()
    {
        var payload = Convert.ToHexString(Encode(
            [
                new TelemetrySample(1, 0, TelemetryKind.Boolean, 0, "", 0),
                new TelemetrySample(2, 0, TelemetryKind.UInt64, 0, "", 0),
                new TelemetrySample(3, 0, TelemetryKind.Float64, 7, "", 0x8031_0000),
            ],
            first: 0x100));

        Assert.Contains("1206100118007000", payload, StringComparison.Ordinal);
        Assert.Contains("1206100218005800", payload, StringComparison.Ordinal);
        Assert.Contains("1206100318003801", payload, StringComparison.Ordinal);
        Assert.Contains("18002A", payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_encoding_nor_decoding_allocates()
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(100, 16)];
        var scratch = new byte[TelemetryEncoder.ScratchNeeded(100)];

        Assert.Equal(4_950, RoundTrip(buffer, scratch));
        Assert.Equal(0, AllocationGuard.BytesOf(() => RoundTrip(buffer, scratch), turns: 100));
    }

    private static long RoundTrip(byte[] buffer, byte[] scratch)
    {
        var encoder = new TelemetryEncoder(buffer, scratch);
        encoder.Begin(1_700_000_000_000, Epoch, 1, 99, false);
        for (var i = 0; i < 100; i++)
        {
            encoder.TryAdd((uint)i, 1_700_000_000_000_000_000 + i, (TelemetryKind)(i % 3), i, default, (uint)(i % 7));
        }

        TelemetryReader.TryOpen(buffer.AsSpan(0, encoder.End()), out var reader);
        var sum = 0L;
        while (reader.TryNext(out var metric))
        {
            sum += metric.Bits;
        }

        return sum;
    }

    internal static byte[] Encode(TelemetrySample[] samples, ulong first, bool replay = false, ulong millis = 1_700_000_000_000)
    {
        var buffer = new byte[TelemetryEncoder.BufferNeeded(samples.Length, 64)];
        var encoder = new TelemetryEncoder(buffer, new byte[TelemetryEncoder.ScratchNeeded(samples.Length)]);
        encoder.Begin(millis, Epoch, first, 99, replay);
        foreach (var sample in samples)
        {
            Assert.True(Add(ref encoder, sample));
        }

        return buffer[..encoder.End()];
    }

    private static bool Add(ref TelemetryEncoder encoder, TelemetrySample sample) => encoder.TryAdd(
        sample.Alias, sample.SourceUtcNanos, sample.Kind, sample.Bits, Encoding.UTF8.GetBytes(sample.Text), sample.Status);

    private static (ReadHeader Header, List<TelemetrySample> Samples) ReadOrEmpty(ReadOnlySpan<byte> payload, int count) =>
        count == 0 ? (default, []) : Read(payload);

    private static (ReadHeader Header, List<TelemetrySample> Samples) Read(ReadOnlySpan<byte> payload)
    {
        Assert.True(TelemetryReader.TryOpen(payload, out var reader));
        var header = new ReadHeader(reader.Epoch, reader.First, reader.PlanHash, reader.Count, reader.IsReplay);
        var samples = new List<TelemetrySample>();
        while (reader.TryNext(out var metric))
        {
            Assert.Equal(metric.Status >> 31 != 0, metric.IsNull);
            samples.Add(new TelemetrySample(metric.Alias, metric.SourceUtcNanos, metric.Kind, metric.Bits, Encoding.UTF8.GetString(metric.Text), metric.Status));
        }

        return (header, samples);
    }

    private readonly record struct ReadHeader(ulong Epoch, ulong First, ulong PlanHash, int Count, bool IsReplay);
}
