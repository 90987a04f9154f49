using System.Text;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The table of newest values: what is read is whole, or nothing.</summary>
public sealed class LatestValuesTests
{
    /// <summary>Without the version check one sample in a million came out torn, and every second text: this many show it.</summary>
    private const int Writes = 10_000_000;

    [Fact]
    public void A_signal_that_was_never_written_cannot_be_read()
    {
        using var memory = new HotMemory(4096);
        var table = new LatestValues(memory, 2, 8);
        table.Set(new Sample(0, 0, 5, 6, 7));

        Assert.True(table.Read(0, out var sample));
        Assert.Equal((5, 6, 7), (sample.Bits, sample.SourceUtcNanos, sample.ArrivalMonoNanos));
        Assert.False(table.Read(1, out _));
        Assert.Equal(-1, table.ReadText(1, new byte[8], out _));
    }

    [Fact]
    public void A_text_is_kept_up_to_the_table_s_width_and_read_up_to_the_reader_s()
    {
        using var memory = new HotMemory(4096);
        var table = new LatestValues(memory, 1, 8);
        table.Set(new Sample(0, 0, 0, 0, 0), "0123456789"u8);
        var (wide, narrow) = (new byte[16], new byte[3]);

        Assert.Equal(8, table.ReadText(0, wide, out _));
        Assert.Equal(3, table.ReadText(0, narrow, out _));
        Assert.Equal("01234567", Encoding.UTF8.GetString(wide, 0, 8));
    }

    [Fact]
    public void A_reader_never_sees_half_a_sample()
    {
        using var memory = new HotMemory(4096);
        var table = new LatestValues(memory, 1);
        var done = false;
        var writer = new Thread(() =>
        {
            for (var i = 1; i <= Writes; i++)
            {
                table.Set(new Sample(0, (uint)i, i, i, i));
            }

            Volatile.Write(ref done, true);
        })
        { IsBackground = true };

        writer.Start();
        var (torn, last, backwards) = (0L, 0L, 0L);
        while (!Volatile.Read(ref done))
        {
            if (!table.TryRead(0, out var sample))
            {
                continue;
            }

            torn += sample.Bits == sample.SourceUtcNanos && sample.Bits == sample.ArrivalMonoNanos && sample.Status == (uint)sample.Bits ? 0 : 1;
            backwards += sample.Bits < last ? 1 : 0;
            last = sample.Bits;
        }

        Assert.Equal((0, 0), (torn, backwards));
        Assert.True(table.Read(0, out var newest));
        Assert.Equal(Writes, newest.Bits);
    }

    [Fact]
    public void A_reader_never_sees_the_text_of_another_sample()
    {
        using var memory = new HotMemory(4096);
        var table = new LatestValues(memory, 1, 48);
        var done = false;
        var writer = new Thread(() =>
        {
            Span<byte> text = stackalloc byte[48];
            for (var i = 1; i <= Writes / 20; i++)
            {
                var length = 1 + (i % 48);
                text[..length].Fill((byte)i);
                table.Set(new Sample(0, 0, i, 0, 0), text[..length]);
            }

            Volatile.Write(ref done, true);
        })
        { IsBackground = true };

        writer.Start();
        var torn = 0;
        Span<byte> seen = stackalloc byte[48];
        while (!Volatile.Read(ref done))
        {
            var length = table.ReadText(0, seen, out var sample);
            if (length >= 0 && (length != 1 + (sample.Bits % 48) || seen[..length].ContainsAnyExcept((byte)sample.Bits)))
            {
                torn++;
            }
        }

        Assert.Equal(0, torn);
    }
}
