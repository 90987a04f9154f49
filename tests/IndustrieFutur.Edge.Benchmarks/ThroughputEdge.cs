using System.Globalization;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The measured process: ring, spool on the disk and MQTT sink as the service has them, with its threads and its settings, and a feed in place of the loop.</summary>
internal sealed class ThroughputEdge : IAsyncDisposable
{
    private const int RingSamples = 262_144;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>The last watermark comes within a second; the rest is for a busy machine.</summary>
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(30);

    private readonly HotMemory _memory;
    private readonly LedgerCounters _ledger;
    private readonly TelemetrySpool _spool;
    private readonly MqttSink _sink;
    private readonly ThroughputFeed _feed;
    private readonly ThreadBytes _accepting;
    private readonly ThreadBytes _committing;
    private readonly PacedThread _feedThread;
    private readonly PacedThread _spoolThread;
    private readonly PacedThread _diskThread;

    private ThroughputEdge(int brokerPort, string folder, int perSecond, int samplesPerDevice)
    {
        var plan = ThroughputPlan.Make();
        _memory = new HotMemory(SampleRing.BytesNeeded(RingSamples, 0, 0) + LedgerCounters.BytesNeeded(plan.Signals.Count));
        var ring = new SampleRing(_memory, RingSamples);
        _ledger = new LedgerCounters(_memory, plan.Signals.Count);
        var sink = new MqttSinkOptions { Sink = "mqtt", Url = $"mqtt://127.0.0.1:{brokerPort}", Historians = [ThroughputPlan.Historian], BatchMax = 1_000 };
        var options = new SpoolOptions { SamplesPerDevice = samplesPerDevice };
        _spool = new TelemetrySpool(plan, options, sink.Confirm, sink.Historians, _ledger);
        _spool.Open(folder, TimeProvider.System, _ => 0, null);
        _sink = new MqttSink("site", sink, _spool, plan, folder, TimeProvider.System, NullLogger<MqttSink>.Instance);
        _feed = new ThroughputFeed(ring, _ledger, new UtcOffset(TimeProvider.System), perSecond);
        _accepting = new ThreadBytes(() => _spool.Drain(ring));
        _committing = new ThreadBytes(_spool.Store);
        _feedThread = new PacedThread("feed", TimeSpan.FromMilliseconds(1), ThreadPriority.Normal, _feed.Write, () => { });
        _spoolThread = new PacedThread("spool", TimeSpan.FromMilliseconds(20), ThreadPriority.Normal, _accepting.Work, _accepting.Work);
        _diskThread = new PacedThread("spool-disk", options.CommitEvery, ThreadPriority.Normal, _committing.Work, _committing.Work);
    }

    /// <summary>A child of the proof: answers with a line of counts whenever it is asked, until "end", when it waits for the last watermark.</summary>
    public static async Task<int> RunAsync(string brokerPort, string folder, string perSecond, string samplesPerDevice)
    {
        await using var edge = new ThroughputEdge(Number(brokerPort), folder, Number(perSecond), Number(samplesPerDevice));
        await edge._sink.StartAsync(CancellationToken.None);
        edge._diskThread.Start();
        edge._spoolThread.Start();
        edge._feedThread.Start();
        while (Console.ReadLine() is { } asked)
        {
            if (asked == "end")
            {
                await edge.SettleAsync();
            }

            Console.WriteLine($"= {edge.Count()}");
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.StopAsync(CancellationToken.None);
        _feedThread.Dispose();
        _spoolThread.Dispose();
        _diskThread.Dispose();
        _sink.Dispose();
        _spool.Dispose();
        _memory.Dispose();
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private async Task SettleAsync()
    {
        _feedThread.Stop();
        _spool.Flush = true;
        using var limit = new CancellationTokenSource(SettleWithin, TimeProvider.System);
        while (Count() is var count && count.Stored + count.Dropped + count.Refused < count.Written)
        {
            await Task.Delay(Look, TimeProvider.System, limit.Token);
        }
    }

    private ThroughputCount Count()
    {
        var entries = Enumerable.Range(0, _ledger.Count).Select(_ledger.Read).ToArray();
        return new ThroughputCount(
            _feed.Written, _feed.Refused, entries.Sum(entry => entry.Stored), entries.Sum(entry => entry.Dropped), _spool.Pending,
            _accepting.Bytes, _committing.Bytes, GC.GetTotalAllocatedBytes(), _sink.Status.Acknowledged);
    }
}
