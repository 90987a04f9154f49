using System.Text;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>Who follows a killed loop begins where that one was, sample by sample, and can tell what still lies in a ring.</summary>
public sealed unsafe class RingGoOnTests : IDisposable
{
    private const int Capacity = 8;
    private const int TextSlots = 4;
    private const int TextBytes = 16;

    private readonly HotMemory _memory = new(1 << 16);
    private readonly RingControl* _control;
    private readonly SampleRing _ring;

    public RingGoOnTests()
    {
        _control = (RingControl*)_memory.Take(0);
        _ring = new SampleRing(_memory, Capacity, TextSlots, TextBytes);
    }

    public void Dispose() => _memory.Dispose();

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
    public void A_ring_whose_places_or_signals_cannot_be_is_not_sound()
    {
        Write(0, 6);
        _ring.Pass(_ring.Peek(2).Length);
        Assert.True(_ring.IsSound(1));
        Assert.False(_ring.IsSound(0));

        _control->ReadNext += 5;
        Assert.False(_ring.IsSound(1));
        _control->ReadNext -= 5;
        _control->Written += Capacity;
        Assert.False(_ring.IsSound(1));
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
