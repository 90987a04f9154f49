using System.Text;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>A ring in memory that outlives one of its sides: what a killed reader had not given back is read again, and what a killed writer had not published never was.</summary>
public sealed class RingTakeOverTests
{
    private const int Capacity = 8;
    private const int TextSlots = 4;
    private const int TextBytes = 16;

    [Fact]
    public void What_was_passed_and_not_given_back_is_read_again()
    {
        using var memory = MemoryFor();
        var ring = RingIn(memory);
        Write(ring, 0, 5);
        ring.Pass(ring.Peek(2).Length);
        var safe = ring.Position;
        ring.Pass(ring.Peek(2).Length);
        ring.Release(safe);
        using var again = new HotMemory(memory);

        var next = RingIn(again);
        var passed = next.TakeOverReading();

        Assert.Equal(2, passed);
        Assert.Equal([2, 3, 4], Bits(next.Peek(Capacity)));
    }

    [Fact]
    public void Held_slots_are_not_written_again_until_they_are_given_back()
    {
        using var memory = MemoryFor();
        var ring = RingIn(memory);
        Write(ring, 0, Capacity);
        ring.Pass(ring.Peek(Capacity).Length);

        Assert.Equal(Capacity, ring.Held);
        Assert.False(ring.TryWrite(Numbered(99)));
        ring.Release(ring.Position);
        Assert.True(ring.TryWrite(Numbered(99)));
        Assert.Equal(0, ring.Held);
    }

    [Fact]
    public void A_text_that_was_not_given_back_keeps_its_slot()
    {
        using var memory = MemoryFor();
        var ring = RingIn(memory);
        for (var i = 0; i < TextSlots; i++)
        {
            Assert.True(ring.TryWriteText(Numbered(0), Encoding.UTF8.GetBytes($"text {i}")));
        }

        foreach (ref readonly var sample in ring.Peek(TextSlots))
        {
            _ = ring.Text(sample);
        }

        ring.Pass(TextSlots);
        Assert.False(ring.TryWriteText(Numbered(0), "more"u8));
        ring.TakeOverReading();
        var first = ring.Peek(1);

        Assert.Equal("text 0", Encoding.UTF8.GetString(ring.Text(first[0])));
    }

    [Fact]
    public void A_new_writer_goes_on_behind_what_was_published()
    {
        using var memory = MemoryFor();
        var ring = RingIn(memory);
        Write(ring, 0, 3);

        // Killed in the middle: slots are filled and nobody was told.
        ring.Claim(2).Fill(Numbered(77));
        using var again = new HotMemory(memory);
        var next = RingIn(again);
        next.TakeOverWriting();
        Write(next, 3, 2);

        Assert.Equal([0, 1, 2, 3, 4], Bits(ring.Peek(Capacity)));
    }

    [Fact]
    public unsafe void A_table_whose_writer_was_killed_in_the_middle_forgets_that_signal_alone()
    {
        using var memory = new HotMemory(LatestValues.BytesNeeded(2, 0));
        var table = new LatestValues(memory, 2);
        table.Set(Numbered(0, 7));
        table.Set(Numbered(1, 8));
        using (var slots = new HotMemory(memory))
        {
            ((LatestSlot*)slots.Take(LatestValues.BytesNeeded(2, 0)))[1].Version++;
        }

        table.TakeOver();

        Assert.True(table.Read(0, out var whole) && whole.Bits == 7);
        Assert.False(table.Read(1, out _));
        table.Set(Numbered(1, 9));
        Assert.True(table.Read(1, out var next) && next.Bits == 9);
    }

    private static HotMemory MemoryFor() => new(SampleRing.BytesNeeded(Capacity, TextSlots, TextBytes));

    private static SampleRing RingIn(HotMemory memory) => new(memory, Capacity, TextSlots, TextBytes);

    private static Sample Numbered(long bits) => new(0, StatusCode.Good, bits, bits, bits);

    private static Sample Numbered(int signal, long bits) => new(signal, StatusCode.Good, bits, bits, bits);

    private static void Write(SampleRing ring, long from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(ring.TryWrite(Numbered(from + i)));
        }
    }

    private static long[] Bits(ReadOnlySpan<Sample> samples)
    {
        var bits = new long[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            bits[i] = samples[i].Bits;
        }

        return bits;
    }
}
