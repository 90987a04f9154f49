using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>A spool of one device that is fed through a ring, as in a running cell, and the sink that empties it.</summary>
internal sealed class SinkScene : IAsyncDisposable
{
    private const int RingSamples = 1_024;

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-sink-").FullName;
    private readonly HotMemory _memory = new((1 << 16) + SampleRing.BytesNeeded(RingSamples, 0, 0));
    private readonly SampleRing _ring;
    private MqttSink? _sink;
    private long _appended;

    public SinkScene(Confirm confirm, params string[] historians)
    {
        var signal = new SignalPlan { Index = 0, Id = "count", Device = "plc", RawKind = ValueKind.Int64, Unit = "pcs" };
        Plan = new CellPlan
        {
            Group = "g",
            Edge = "e",
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = [signal] }],
            Signals = [signal],
            Hash = 1,
        };
        Ledger = new LedgerCounters(_memory, 1);
        _ring = new SampleRing(_memory, RingSamples);
        Spool = new TelemetrySpool(Plan, new SpoolOptions { SamplesPerDevice = 10_000 }, confirm, historians, Ledger);
    }

    public CellPlan Plan { get; }

    public LedgerCounters Ledger { get; }

    public TelemetrySpool Spool { get; }

    public MqttSink Sink => _sink ?? throw new InvalidOperationException("Not started.");

    public async Task StartAsync(MqttSinkOptions options, CancellationToken cancellation, TimeProvider? clock = null)
    {
        _sink = new MqttSink("site", options, Spool, Plan, _folder, clock ?? TimeProvider.System, NullLogger<MqttSink>.Instance);
        await _sink.StartAsync(cancellation);
    }

    /// <summary>Counts on by so many samples, a millisecond apart.</summary>
    public void Append(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _appended++;
            Assert.True(_ring.TryWrite(new Sample(0, 0, _appended, 1_700_000_000_000_000_000 + (1_000_000 * _appended), MonoClock.NowNanos())));
            Spool.Drain(_ring);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.StopAsync(CancellationToken.None);
            _sink.Dispose();
        }

        Spool.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
