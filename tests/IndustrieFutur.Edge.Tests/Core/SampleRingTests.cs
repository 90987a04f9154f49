using System.Text;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The ring between two threads: order, bounds, what a full one does, and the texts beside the samples.</summary>
public sealed class SampleRingTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(1024)]
    public void Samples_come_out_in_order_round_and_round(int capacity)
    {
        using var memory = MemoryFor(capacity);
        var ring = new SampleRing(memory, capacity);
        var (written, read) = (0L, 0L);

        // Three laps and a bit, in runs that do not divide the capacity.
        while (read < (3 * capacity) + 1)
        {
            for (var i = 0; i < 3 && ring.TryWrite(Numbered(written)); i++)
            {
                written++;
            }

            var ready = ring.Peek(2);
            foreach (ref readonly var sample in ready)
            {
                Assert.Equal(read++, sample.Bits);
            }

            ring.Advance(ready.Length);
        }

        Assert.Equal(written - read, ring.Waiting);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(1024)]
    public void A_full_ring_refuses_the_newest_and_counts_it(int capacity)
    {
        using var memory = MemoryFor(capacity);
        var ring = new SampleRing(memory, capacity);
        for (var i = 0; i < capacity; i++)
        {
            Assert.True(ring.TryWrite(Numbered(i)));
        }

        Assert.False(ring.TryWrite(Numbered(capacity)));
        Assert.False(ring.TryWrite(Numbered(capacity)));

        Assert.Equal(2, ring.Refused);
        Assert.Equal(capacity, ring.Waiting);
        Assert.Equal(0, ring.Peek(1)[0].Bits);
        ring.Advance(1);
        Assert.True(ring.TryWrite(Numbered(capacity)));
        Assert.Equal(2, ring.Refused);
    }

    [Fact]
    public void Peek_shows_what_it_showed_until_it_is_given_back()
    {
        using var memory = MemoryFor(4);
        var ring = new SampleRing(memory, 4);
        ring.TryWrite(Numbered(7));

        Assert.Equal(7, ring.Peek(4)[0].Bits);
        Assert.Equal(7, ring.Peek(4)[0].Bits);
        ring.Advance(1);
        Assert.True(ring.Peek(4).IsEmpty);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void What_is_claimed_is_seen_when_it_is_committed_and_then_at_once(int capacity)
    {
        using var memory = MemoryFor(capacity);
        var ring = new SampleRing(memory, capacity);
        var (written, read) = (0L, 0L);
        for (var lap = 0; lap < 5 * capacity; lap++)
        {
            var free = ring.Claim(3);
            Assert.InRange(free.Length, 1, Math.Min(3, capacity));
            foreach (ref var slot in free)
            {
                slot = Numbered(written++);
            }

            Assert.True(ring.Peek(capacity).IsEmpty);
            ring.Commit(free.Length);
            var ready = ring.Peek(capacity);
            Assert.Equal(free.Length, ready.Length);
            foreach (ref readonly var sample in ready)
            {
                Assert.Equal(read++, sample.Bits);
            }

            ring.Advance(ready.Length);
        }

        Assert.Equal(written, read);
    }

    [Fact]
    public void A_full_ring_has_nothing_to_claim_and_refuses_nothing_by_that()
    {
        using var memory = MemoryFor(4);
        var ring = new SampleRing(memory, 4);
        ring.TryWrite(Numbered(0));

        // Asked twice, it is the same run: nothing is given away before it is committed.
        Assert.Equal(3, ring.Claim(4).Length);
        Assert.Equal(1, ring.Waiting);
        Assert.Equal(3, ring.Claim(4).Length);
        ring.Commit(3);

        Assert.True(ring.Claim(4).IsEmpty);
        Assert.Equal(4, ring.Waiting);
        Assert.Equal(0, ring.Refused);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1000)]
    public void Cursors_run_over_2_to_the_64_without_losing_a_sample_or_a_text(int before)
    {
        using var memory = MemoryFor(4);
        var ring = StartedBeforeTheWrap(memory, (ulong)before);
        for (var i = 0L; i < before + 20; i++)
        {
            Assert.True(ring.TryWriteText(Numbered(0), Encoding.UTF8.GetBytes($"text {i}")));
            Assert.True(ring.TryWrite(Numbered(i)));
            var text = ring.Peek(1);
            Assert.Equal($"text {i}", TextOf(ring, text[0]));
            ring.Advance(1);
            Assert.Equal(i, ring.Peek(4)[0].Bits);
            ring.Advance(1);
        }

        Assert.Equal(0, ring.Waiting);
        Assert.Equal(4, Fill(ring));
        Assert.Equal(1, ring.Refused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_capacity_that_is_no_power_of_two_is_refused(int capacity)
    {
        using var memory = new HotMemory(4096);

        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleRing(memory, capacity));
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(1024, 0, 0)]
    [InlineData(16, 4, 61)]
    public void A_ring_takes_the_bytes_it_said_it_would(int capacity, int textSlots, int textBytes)
    {
        using var memory = new HotMemory(SampleRing.BytesNeeded(capacity, textSlots, textBytes));

        _ = new SampleRing(memory, capacity, textSlots, textBytes);

        Assert.Equal(memory.Length, memory.Taken);
    }

    [Fact]
    public void Texts_travel_with_their_samples_and_their_slots_are_used_again()
    {
        using var memory = MemoryFor(4);
        var ring = new SampleRing(memory, 4, 2, 8);

        for (var i = 0; i < 100; i++)
        {
            Assert.True(ring.TryWriteText(Numbered(0), Encoding.UTF8.GetBytes($"text {i}")));
            Assert.True(ring.TryWrite(Numbered(i)));
            var ready = ring.Peek(4);
            if (ready.Length == 1)
            {
                // The ring's end cut the run in two.
                Assert.Equal($"text {i}", TextOf(ring, ready[0]));
                ring.Advance(1);
                Assert.Equal(i, ring.Peek(4)[0].Bits);
                ring.Advance(1);
                continue;
            }

            Assert.Equal($"text {i}", TextOf(ring, ready[0]));
            Assert.Equal(i, ready[1].Bits);
            ring.Advance(2);
        }

        Assert.Equal(0, ring.Refused);
    }

    [Fact]
    public void A_text_without_a_free_slot_is_refused_and_counted()
    {
        using var memory = MemoryFor(8);
        var ring = new SampleRing(memory, 8, 2, 8);
        ring.TryWriteText(Numbered(0), "a"u8);
        ring.TryWriteText(Numbered(0), "b"u8);

        Assert.False(ring.TryWriteText(Numbered(0), "c"u8));
        Assert.True(ring.TryWrite(Numbered(1)));

        Assert.Equal(1, ring.Refused);
        Assert.Equal(3, ring.Waiting);
    }

    [Fact]
    public void A_text_too_long_is_cut_between_two_characters_and_marked()
    {
        using var memory = MemoryFor(4);
        var ring = new SampleRing(memory, 4, 4, 4);

        ring.TryWriteText(Numbered(0), Encoding.UTF8.GetBytes("abcd"));
        ring.TryWriteText(Numbered(0), Encoding.UTF8.GetBytes("abcde"));
        ring.TryWriteText(Numbered(0), Encoding.UTF8.GetBytes("abcéf"));

        var ready = ring.Peek(4);
        Assert.Equal("abcd", TextOf(ring, ready[0]));
        Assert.Equal("abcd", TextOf(ring, ready[1]));
        Assert.Equal("abc", TextOf(ring, ready[2]));
        Assert.Equal([false, true, true], ready.ToArray().Select(sample => ring.IsCut(sample)));
    }

    [Theory]
    [InlineData(2, 1_000_000)]
    [InlineData(4, 1_000_000)]
    [InlineData(1024, 10_000_000)]
    public void Two_threads_lose_nothing_and_keep_the_order(int capacity, int count)
    {
        using var memory = MemoryFor(capacity);
        var ring = new SampleRing(memory, capacity);
        var refused = 0L;
        var producer = new Thread(() => refused = Produce(ring, count)) { IsBackground = true };

        producer.Start();
        var firstOutOfOrder = Consume(ring, count);

        Assert.True(producer.Join(TimeSpan.FromSeconds(60)));
        Assert.Equal(-1, firstOutOfOrder);
        Assert.Equal(refused, ring.Refused);
        Assert.Equal(0, ring.Waiting);
    }

    private static long Produce(SampleRing ring, int count)
    {
        var refused = 0L;
        var wait = new SpinWait();
        for (var i = 0; i < count; i++)
        {
            while (!ring.TryWrite(new Sample((int)i, (uint)i, i, i, ~i)))
            {
                refused++;
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        return refused;
    }

    // The number of the first sample that was not as written, or -1.
    private static long Consume(SampleRing ring, int count)
    {
        var next = 0L;
        var wait = new SpinWait();
        while (next < count)
        {
            var ready = ring.Peek(256);
            if (ready.IsEmpty)
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            foreach (ref readonly var sample in ready)
            {
                if (sample.Bits != next || sample.Signal != (int)next || sample.ArrivalMonoNanos != ~next)
                {
                    return next;
                }

                next++;
            }

            ring.Advance(ready.Length);
        }

        return -1;
    }

    private static unsafe SampleRing StartedBeforeTheWrap(HotMemory memory, ulong samples)
    {
        // The cursors are what a ring takes first.
        var control = (RingControl*)memory.Take(0);
        var ring = new SampleRing(memory, 4, 4, 64);
        var cursor = 0 - samples;
        control->Written = control->WriteNext = control->ReadSeen = cursor;
        control->Read = control->ReadNext = control->WrittenSeen = cursor;
        control->TextNext = control->TextReadSeen = control->TextRead = control->TextTaken = cursor;
        return ring;
    }

    private static int Fill(SampleRing ring)
    {
        var written = 0;
        while (ring.TryWrite(Numbered(written)))
        {
            written++;
        }

        return written;
    }

    private static string TextOf(SampleRing ring, in Sample sample) => Encoding.UTF8.GetString(ring.Text(sample));

    private static Sample Numbered(long number) => new(0, StatusCode.Good, number, 0, 0);

    private static HotMemory MemoryFor(int capacity) => new(SampleRing.BytesNeeded(capacity, 8, 64));
}
