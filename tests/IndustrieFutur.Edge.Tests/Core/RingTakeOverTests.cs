using System.Text;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>What becomes of a ring whose writer or reader was killed: the next one finds it in order, and nothing is lost or there twice.</summary>
public sealed unsafe class RingTakeOverTests : IDisposable
{
    private const int Capacity = 8;
    private const int TextSlots = 4;
    private const int TextBytes = 16;

    private readonly HotMemory _memory = new(1 << 16);
    private readonly RingControl* _control;
    private readonly SampleRing _ring;

    public RingTakeOverTests()
    {
        _control = (RingControl*)_memory.Take(0);
        _ring = new SampleRing(_memory, Capacity, TextSlots, TextBytes);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_was_passed_keeps_its_slots_until_it_is_released()
    {
        Write(0, Capacity);
        _ = _ring.Peek(3);
        _ring.Pass(3);

        Assert.Equal((3, false), (_ring.Held, _ring.TryWrite(Numbered(99))));
        Assert.Equal(3, _ring.Peek(1)[0].Bits);

        _ring.Release(_ring.Position);

        Assert.Equal((0, true), (_ring.Held, _ring.TryWrite(Numbered(Capacity))));
    }

    [Fact]
    public void A_new_reader_reads_again_what_was_passed_and_not_released()
    {
        Write(0, 6);
        _ring.Advance(_ring.Peek(2).Length);
        _ring.Pass(_ring.Peek(3).Length);

        Assert.Equal(3, _ring.TakeOverReading());

        Assert.Equal([2L, 3, 4, 5], Numbers());
    }

    [Fact]
    public void A_new_reader_that_trusts_the_old_one_begins_behind_what_was_passed()
    {
        Write(0, 6);
        _ring.Pass(_ring.Peek(4).Length);

        _ring.GoOnReading();

        Assert.Equal([4L, 5], Numbers());
        Assert.Equal(0, _ring.Held);
    }

    [Fact]
    public void A_sample_that_its_writer_had_not_published_was_never_written()
    {
        Write(0, 2);

        // As a writer that is killed between filling the slot and publishing it leaves the ring.
        _control->WriteNext++;
        _ring.TakeOverWriting();
        Write(2, 1);

        Assert.Equal([0L, 1, 2], Numbers());
    }

    [Fact]
    public void A_text_slot_that_was_taken_for_no_sample_is_passed_over()
    {
        WriteText("one");
        _control->TextNext++;
        _ring.TakeOverWriting();
        WriteText("two");

        foreach (var expected in new[] { "one", "two" })
        {
            var sample = _ring.Peek(1)[0];
            Assert.Equal(expected, Encoding.UTF8.GetString(_ring.Text(sample)));
            _ring.Advance(1);
        }

        // And it is free again: as many texts go in as there are slots.
        for (var i = 0; i < TextSlots; i++)
        {
            WriteText($"{i}");
        }
    }

    [Fact]
    public void Texts_are_read_again_with_their_samples()
    {
        WriteText("one");
        WriteText("two");
        for (var i = 0; i < 2; i++)
        {
            _ = _ring.Text(_ring.Peek(1)[0]);
            _ring.Pass(1);
        }

        Assert.Equal(2, _ring.TakeOverReading());

        Assert.Equal("one", Encoding.UTF8.GetString(_ring.Text(_ring.Peek(1)[0])));
    }

    [Fact]
    public void What_waits_is_counted_by_signal_without_reading_it()
    {
        Write(0, 5);
        _ring.Pass(_ring.Peek(2).Length);
        var counts = new long[1];

        Assert.True(_ring.TryCountWaiting(counts));

        Assert.Equal(3, counts[0]);
        Assert.Equal([2L, 3, 4], Numbers());
    }

    [Fact]
    public void A_latest_value_that_was_being_written_counts_as_never_written()
    {
        using var memory = new HotMemory(4096);
        var slots = (LatestSlot*)memory.Take(0);
        var table = new LatestValues(memory, 2, 0);
        table.Set(new Sample(0, 0, 1, 0, 0));
        table.Set(new Sample(1, 0, 2, 0, 0));
        slots[1].Version++;

        table.TakeOver();

        Assert.True(table.Read(0, out _));
        Assert.False(table.Read(1, out _));
        table.Set(new Sample(1, 0, 3, 0, 0));
        Assert.True(table.Read(1, out var next));
        Assert.Equal(3, next.Bits);
    }

    private static Sample Numbered(long number) => new(0, 0, number, 0, 0);

    private void Write(int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(_ring.TryWrite(Numbered(from + i)));
        }
    }

    private void WriteText(string text) => Assert.True(_ring.TryWriteText(new Sample(0, 0, 0, 0, 0), Encoding.UTF8.GetBytes(text)));

    private List<long> Numbers()
    {
        var numbers = new List<long>();
        while (_ring.Peek(Capacity) is { Length: > 0 } run)
        {
            foreach (ref readonly var sample in run)
            {
                numbers.Add(sample.Bits);
            }

            _ring.Advance(run.Length);
        }

        return numbers;
    }
}
