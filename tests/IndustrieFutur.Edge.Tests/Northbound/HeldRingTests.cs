using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A spool over a ring that outlives it: what nobody has confirmed is in the ring for the next spool, and the sums hold.</summary>
public sealed class HeldRingTests : IDisposable
{
    private const int Capacity = 64;

    private readonly CellPlan _plan = TestPlan.Make();
    private readonly HotMemory _memory = new(LedgerCounters.BytesNeeded(2) + SampleRing.BytesNeeded(Capacity, Capacity, 16));
    private readonly LedgerCounters _ledger;
    private readonly SampleRing _ring;
    private int _written;

    public HeldRingTests()
    {
        _ledger = new LedgerCounters(_memory, 2);
        _ring = new SampleRing(_memory, Capacity, Capacity, 16);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_is_not_confirmed_keeps_its_place_and_what_is_gives_it_back()
    {
        using var spool = NewSpool(Confirm.Stored);
        Write(10);
        spool.DrainHolding(_ring);
        Assert.Equal(10, _ring.Held);

        Send(spool);
        spool.DrainHolding(_ring);

        Assert.Equal(0, _ring.Held);
    }

    [Fact]
    public void Never_more_than_half_of_the_ring_is_held()
    {
        using var spool = NewSpool(Confirm.Stored);
        for (var i = 0; i < 20; i++)
        {
            Write(8);
            spool.DrainHolding(_ring);
            Assert.True(_ring.Held <= Capacity / 2, $"{_ring.Held} are held");
        }

        Assert.Equal(0, _ring.Refused);
        Assert.Equal(160, spool.Pending);
    }

    [Fact]
    public void After_a_kill_the_next_spool_has_the_unconfirmed_samples_and_the_sums_hold()
    {
        using var killed = NewSpool(Confirm.Stored);
        Write(10);
        killed.DrainHolding(_ring);
        Send(killed);
        killed.DrainHolding(_ring);
        Write(12);
        killed.DrainHolding(_ring);

        using var next = NewSpool(Confirm.Stored);
        var again = next.TakeOver(_ring, new long[2]);
        Write(3);
        next.DrainHolding(_ring);

        Assert.Equal(12, again);
        Assert.Equal(15, next.Pending);
        var sums = _ledger.Read(TestPlan.Number);
        Assert.Equal((25, 25, 10, 0, 15), (sums.Produced, sums.Spooled, sums.Stored, sums.Dropped, sums.Pending));
        Assert.NotEqual(killed.Streams[0].Epoch, next.Streams[0].Epoch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_sample_that_was_counted_when_the_kill_came_is_counted_once(int stored)
    {
        using var killed = NewSpool(Confirm.Stored);
        Write(10);
        killed.DrainHolding(_ring);
        killed.ApplyStored("h1", new([new("plc", StreamSpool.Hex(killed.Streams[0].Epoch), (ulong)stored, [], [])]));
        Assert.Equal(stored, _ledger.Read(TestPlan.Number).Stored);
        Write(1);
        _ledger.Spooled(TestPlan.Number, _ring.Position.Sample);

        using var next = NewSpool(Confirm.Stored);
        _ = next.TakeOver(_ring, new long[2]);
        using var third = NewSpool(Confirm.Stored);
        _ = third.TakeOver(_ring, new long[2]);

        var sums = _ledger.Read(TestPlan.Number);
        Assert.Equal((11, 11, 0, 0), (sums.Produced, sums.Spooled, sums.Stored, sums.Dropped));
    }

    [Fact]
    public void What_was_given_back_before_its_time_is_booked_as_dropped_after_a_kill()
    {
        using var killed = NewSpool(Confirm.Stored);
        for (var i = 0; i < 10; i++)
        {
            Write(8);
            killed.DrainHolding(_ring);
        }

        using var next = NewSpool(Confirm.Stored);
        var again = next.TakeOver(_ring, new long[2]);
        next.DrainHolding(_ring);

        var sums = _ledger.Read(TestPlan.Number);
        Assert.Equal((80, 80, 80 - again, again), (sums.Produced, sums.Spooled, sums.Dropped, sums.Pending));
    }

    private static void Send(TelemetrySpool spool)
    {
        var stream = spool.Streams[0];
        var (buffer, scratch) = (new byte[1 << 16], new byte[1 << 16]);
        while (stream.Take(new BatchTerms(100, 0), true, 1, long.MaxValue, buffer, scratch, out var sent) > 0)
        {
            stream.Acknowledge(sent);
        }

        spool.ApplyStored("h1", new([new("plc", StreamSpool.Hex(stream.Epoch), stream.Next - 1, [], [])]));
    }

    private TelemetrySpool NewSpool(Confirm confirm) => new(_plan, new SpoolOptions { SamplesPerDevice = 1_024 }, confirm, ["h1"], _ledger);

    private void Write(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ledger.Produced(TestPlan.Number);
            Assert.True(_ring.TryWrite(new Sample(TestPlan.Number, StatusCode.Good, _written, ++_written, _written)));
        }
    }
}
