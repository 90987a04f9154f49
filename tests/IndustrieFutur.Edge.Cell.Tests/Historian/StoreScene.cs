using System.Text;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Historian;

/// <summary>Samples of one stream and the way they take into a real store: backlog, writer, store.</summary>
internal sealed class StoreScene : IAsyncDisposable
{
    private static readonly StreamKey Key = new("la-roche", "cell 1", "plc");

    private readonly Dictionary<TelemetryKind, Series> _series = Enum.GetValues<TelemetryKind>()
        .ToDictionary(kind => kind, kind => new Series(Key, kind.ToString().ToLowerInvariant(), kind, "m/s"));

    private readonly Backlog _backlog;

    /// <summary>Source times lie a millisecond apart, VictoriaMetrics' grain, and end about now.</summary>
    private readonly long _start = (DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) - DateTimeOffset.UnixEpoch).Ticks * 100
        - 60_000_000_000;

    public StoreScene(IStore store, HistorianOptions options)
    {
        Store = store;
        _backlog = new Backlog(options, TimeProvider.System);
        Writer = new StoreWriter("h1", options.Url!, store, _backlog, Status, TimeProvider.System, NullLogger.Instance);
    }

    public IStore Store { get; }

    public StoreWriter Writer { get; }

    public HistorianStatus Status { get; } = new();

    public StreamState Stream { get; } = new(Key, 0xABCD, TimeProvider.System);

    public long TimeOf(ulong number) => _start + (long)number * 1_000_000;

    public StoreSample Sample(ulong number, TelemetryKind kind, long bits, string text = "", uint status = 0) => new(
        Stream, _series[kind], number, TimeOf(number), bits, kind == TelemetryKind.Text ? Encoding.UTF8.GetBytes(text) : null, status);

    public StoreSample Sample(ulong number) => Sample(number, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(number + 0.5));

    public void Take(StoreSample sample)
    {
        Stream.Hold(new SequenceRange(sample.Number, sample.Number));
        _backlog.Add(sample);
    }

    public void Take(ulong first, ulong last)
    {
        for (var number = first; number <= last; number++)
        {
            Take(Sample(number));
        }
    }

    public void Take(StoreGap gap)
    {
        Stream.Hold(gap.Range);
        _backlog.Add(gap);
    }

    /// <summary>Lets the writer work until everything up to a number is done.</summary>
    public async Task DrainAsync(ulong upTo, CancellationToken cancellation) => await Servers.Until.TrueAsync(
        $"everything up to {upTo} to be stored; so far {Stream.Stored.UpTo}; {Status.LastError}",
        TimeSpan.FromSeconds(30),
        async token =>
        {
            await Writer.StepAsync(flush: true, token);
            return Stream.Stored.UpTo >= upTo;
        },
        cancellation);

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
