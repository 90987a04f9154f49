using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>Numbers of one writer in memory that others read.</summary>
public sealed class HotCountersTests
{
    [Fact]
    public void What_one_side_counts_the_other_reads()
    {
        using var memory = new HotMemory(2 * HotCounters.BytesNeeded(3));
        using var memoryOfReader = new HotMemory(memory);
        var (writer, reader) = (new HotCounters(memory, 3), new HotCounters(memoryOfReader, 3));
        var (next, nextOfReader) = (new HotCounters(memory, 3), new HotCounters(memoryOfReader, 3));

        writer.Add(0, 2);
        writer.Add(0, 3);
        writer.Set(2, -7);
        next.Set(0, 1);

        Assert.Equal((5, 0, -7), (reader.Read(0), reader.Read(1), reader.Read(2)));
        Assert.Equal(1, nextOfReader.Read(0));
    }

    [Fact]
    public void A_writer_that_attaches_counts_on()
    {
        using var memory = new HotMemory(HotCounters.BytesNeeded(1));
        new HotCounters(memory, 1).Add(0, 41);

        using var again = new HotMemory(memory);
        var next = new HotCounters(again, 1);
        next.Add(0, 1);

        Assert.Equal(42, next.Read(0));
    }
}
