using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A ring that somebody left: taken in by a spool of another plan, and counted by the loop that follows.</summary>
public sealed class LeftRingTests : IDisposable
{
    private const int Capacity = 64;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly LedgerCounters _ledger;
    private readonly SampleRing _ring;
    private int _written;

    public LeftRingTests()
    {
        _ledger = new LedgerCounters(_memory, 2);
        _ring = new SampleRing(_memory, Capacity, 8, 16);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_ring_of_another_plan_is_taken_in_by_the_signals_that_are_still_there()
    {
        Write(5);
        Assert.True(_ring.TryWriteText(new Sample(TestPlan.Text, 0, 0, 1_000, 0), "code"u8));
        Write(2);
        var today = TestPlan.Make(removed: "number");
        using var memory = new HotMemory(1 << 16);
        var ledger = new LedgerCounters(memory, 1);
        using var spool = new TelemetrySpool(today, new SpoolOptions { SamplesPerDevice = 1_024 }, Confirm.Stored, ["h1"], ledger);

        Assert.Equal((1, 7), spool.TakeIn(_ring, [-1, 0]));

        Assert.Equal((1, 1), (spool.Pending, ledger.Read(0).Spooled));
        Assert.Equal((8, 8), (_ring.Waiting, _ring.Held));
    }

    [Fact]
    public void What_a_killed_loop_had_moved_and_not_counted_is_counted_by_the_next_one()
    {
        Write(10);

        // One more was produced that never reached a ring, and two that did were not counted.
        _ledger.Produced(TestPlan.Number);
        _ring.TryWrite(Numbered());
        _ring.TryWrite(Numbered());
        var waiting = new long[2];
        Assert.True(_ring.TryCountWaiting(waiting));

        _ledger.TakeOverSampling(TestPlan.Number, waiting[TestPlan.Number]);

        var entry = _ledger.Read(TestPlan.Number);
        Assert.Equal((12, 12), (entry.Produced, entry.InRings));
    }

    /// <summary>As a loop does: produced, and into the ring.</summary>
    private void Write(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ledger.Produced(TestPlan.Number);
            Assert.True(_ring.TryWrite(Numbered()));
        }
    }

    private Sample Numbered() => new(TestPlan.Number, 0, ++_written, 1_000_000L * _written, 0);
}
