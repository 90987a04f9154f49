using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>The ring that outlives its spool: it gives a slot back when the sample in it has its fate, and a new spool books everything once.</summary>
public sealed class HeldRingTests : IDisposable
{
    private const int Capacity = 64;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly CellPlan _plan = TestPlan.Make();
    private readonly LedgerCounters _ledger;
    private readonly SampleRing _ring;
    private int _written;

    public HeldRingTests()
    {
        _ledger = new LedgerCounters(_memory, 2);
        _ring = new SampleRing(_memory, Capacity, 8, 16);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_slot_is_given_back_when_the_store_has_its_sample()
    {
        using var spool = NewSpool();
        Write(10);
        spool.DrainHolding(_ring);
        Assert.Equal((10, 0), (_ring.Held, _ring.Waiting - _ring.Held));

        Store(spool, 4);
        spool.DrainHolding(_ring);
        Assert.Equal(10, _ring.Held);

        Store(spool, 10);
        spool.DrainHolding(_ring);
        Assert.Equal((0, 10L), (_ring.Held, _ledger.Read(TestPlan.Number).Stored));
    }

    [Fact]
    public void Never_more_than_half_of_the_ring_is_held_back()
    {
        using var spool = NewSpool();
        for (var i = 0; i < 20; i++)
        {
            Write(10);
            spool.DrainHolding(_ring);
            Assert.InRange(_ring.Held, 0, Capacity / 2);
        }

        Assert.Equal((200, 0), (spool.Pending, _ring.Refused));
    }

    [Fact]
    public void A_spool_that_follows_a_killed_one_books_each_sample_once()
    {
        using (var killed = NewSpool())
        {
            Write(10);
            killed.DrainHolding(_ring);
            Store(killed, 10);
            killed.DrainHolding(_ring);
            Write(12);
            killed.DrainHolding(_ring);
        }

        Write(3);
        using var next = NewSpool();
        Assert.Equal(12, next.TakeOver(_ring, new long[2]));
        next.DrainHolding(_ring);

        var entry = _ledger.Read(TestPlan.Number);
        Assert.Equal((25, 25, 10, 0, 15), (entry.Produced, entry.Spooled, entry.Stored, entry.Dropped, entry.Pending));
        Assert.Equal(15, next.Pending);
        Assert.True(entry.IsBalanced);
    }

    [Fact]
    public void What_was_accepted_and_had_left_the_ring_is_booked_as_dropped()
    {
        using (var killed = NewSpool())
        {
            for (var i = 0; i < 5; i++)
            {
                Write(20);
                killed.DrainHolding(_ring);
            }
        }

        var held = _ring.Held;
        using var next = NewSpool();
        Assert.Equal(held, next.TakeOver(_ring, new long[2]));
        next.DrainHolding(_ring);

        var entry = _ledger.Read(TestPlan.Number);
        Assert.Equal((100, 100, 100 - held, held), (entry.Produced, entry.Spooled, entry.Dropped, entry.Pending));
        Assert.True(entry.IsBalanced);
    }

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
        Assert.Equal((0, 0), (_ring.Waiting, _ring.Held));
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

    private TelemetrySpool NewSpool() => new(_plan, new SpoolOptions { SamplesPerDevice = 1_024 }, Confirm.Stored, ["h1"], _ledger);

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

    private static void Store(TelemetrySpool spool, ulong upTo) =>
        spool.ApplyStored("h1", new StoredMessage([new StreamStored("plc", StreamSpool.Hex(spool.Streams[0].Epoch), upTo, [], [])]));
}
