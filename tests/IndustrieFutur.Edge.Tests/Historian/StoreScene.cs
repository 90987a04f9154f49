using System.Text;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Samples of one stream, made up for a test of a store.</summary>
internal sealed class StoreScene
{
    public const long Start = 1_700_000_000_000_000_000;

    private static readonly StreamKey Key = new("la-roche", "cell1", "plc");

    private readonly Dictionary<TelemetryKind, Series> _series = Enum.GetValues<TelemetryKind>()
        .ToDictionary(kind => kind, kind => new Series(Key, $"signal.{kind.ToString().ToLowerInvariant()}", kind, "m/s"));

    public StreamState Stream { get; } = new(Key, 0xABCD, TimeProvider.System);

    public StoreSample Sample(ulong number, TelemetryKind kind, long bits, string text = "", uint status = 0) => new(
        Stream, _series[kind], number, Start + (long)number * 1_000_000, bits, kind == TelemetryKind.Text ? Encoding.UTF8.GetBytes(text) : null, status);

    public StoreSample Sample(ulong number, double value) => Sample(number, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(value));

    public StoreSample[] Samples(ulong first, ulong last)
    {
        var samples = new List<StoreSample>();
        for (var number = first; number <= last; number++)
        {
            samples.Add(Sample(number, number));
        }

        return [.. samples];
    }

    /// <summary>The watermark after the stream's numbers up to one are stored.</summary>
    public Func<long, IReadOnlyList<StreamMark>> UpTo(ulong last)
    {
        var stored = new Watermark();
        stored.Add(new SequenceRange(1, last), 0);
        return _ => [new StreamMark(Key, Stream.Epoch, stored)];
    }
}
