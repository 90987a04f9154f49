using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Our spool, from the ring to the written commit with the ledger in it.</summary>
internal sealed class SpoolCommits : IDisposable
{
    private const int RingSamples = 65_536;

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-commits-").FullName;
    private readonly HotMemory _memory;
    private readonly SampleRing _ring;
    private readonly LedgerCounters _ledger;
    private readonly TelemetrySpool _spool;
    private long _next = 1;

    public SpoolCommits(FsyncPolicy fsync)
    {
        var plan = ThroughputPlan.Make();
        _memory = new HotMemory(SampleRing.BytesNeeded(RingSamples, 0, 0) + LedgerCounters.BytesNeeded(plan.Signals.Count));
        _ring = new SampleRing(_memory, RingSamples);
        _ledger = new LedgerCounters(_memory, plan.Signals.Count);
        _spool = new TelemetrySpool(plan, new SpoolOptions { Fsync = fsync, FreeMegabytes = 0 }, Confirm.Stored, [ThroughputPlan.Historian], _ledger);
        _spool.Open(_folder, TimeProvider.System, _ => 0, null);

        // The first one makes the file.
        _ = Nanos(1);
    }

    /// <summary>Accepts so many samples and commits them: nanoseconds for all.</summary>
    public double Nanos(int samples)
    {
        for (var i = 0; i < samples; i++, _next++)
        {
            var signal = (int)(_next % _ledger.Count);
            _ledger.Produced(signal);
            _ring.TryWrite(new Sample(signal, StatusCode.Good, BitConverter.DoubleToInt64Bits(_next * 0.01), 1_800_000_000_000_000_000 + _next, _next));
        }

        var since = MonoClock.NowNanos();
        _spool.Drain(_ring);
        _spool.Store();
        var nanos = MonoClock.NowNanos() - since;
        return _spool.NotOnDisk == 0 ? nanos : throw new InvalidOperationException($"The commit is not on the disk: {_spool.Trouble}");
    }

    public void Dispose()
    {
        _spool.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
