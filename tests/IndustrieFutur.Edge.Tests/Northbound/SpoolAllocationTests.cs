using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>What the spool's two threads allocate per sample: nothing, when they accept one and when they commit it to a real disk.</summary>
public sealed class SpoolAllocationTests : IDisposable
{
    private const int SamplesPerTurn = 100;
    private const int Turns = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-spool-bytes-").FullName;
    private readonly HotMemory _memory = new(1 << 16);
    private readonly LedgerCounters _ledger;
    private readonly SampleRing _ring;
    private TelemetrySpool? _spool;
    private long _produced;

    public SpoolAllocationTests()
    {
        _ledger = new LedgerCounters(_memory, 2);
        _ring = new SampleRing(_memory, 256);
    }

    public void Dispose()
    {
        _spool?.Dispose();
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(FsyncPolicy.Every)]
    [InlineData(FsyncPolicy.Interval)]
    [InlineData(FsyncPolicy.Os)]
    public void Accepting_and_committing_a_sample_allocates_nothing(FsyncPolicy fsync)
    {
        // Room for every turn of every try: what is measured is neither a full memory nor a historian's word.
        var options = new SpoolOptions { SamplesPerDevice = 200_000, Fsync = fsync, FreeMegabytes = 0 };
        _spool = new TelemetrySpool(TestPlan.Make(), options, Confirm.Stored, ["h1"], _ledger);
        _spool.Open(_folder, TimeProvider.System, _ => 0, null);

        Assert.Equal(0, AllocationGuard.BytesOf(AcceptAndCommit, Turns));
        Assert.Equal((0L, _produced), (_spool.NotOnDisk, _spool.Pending));
    }

    private void AcceptAndCommit()
    {
        for (var i = 0; i < SamplesPerTurn; i++)
        {
            _ledger.Produced(TestPlan.Number);
            _produced++;
            _ring.TryWrite(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(_produced), 1_000_000 * _produced, 0));
        }

        _spool!.Drain(_ring);
        _spool.Store();
    }
}
