using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.House;

/// <summary>What two threads share lies where it was meant to lie: a field moved by a byte costs a cache line, or a mapped file.</summary>
public sealed class LayoutTests
{
    private const int CacheLine = 64;

    /// <summary>Who writes which field of a ring's cursors: published and private cursors apart, because the other side reads the published ones.</summary>
    private static readonly Dictionary<string, string[]> RingWriters = new()
    {
        ["producer, published"] = ["Written"],
        ["producer, its own"] = ["WriteNext", "ReadSeen", "TextNext", "TextReadSeen", "Refused"],
        ["reader, published"] = ["Read", "TextRead"],
        ["reader, its own"] = ["ReadNext", "WrittenSeen", "TextTaken", "MostWaiting"],
    };

    private static readonly Dictionary<string, string[]> LedgerWriters = new()
    {
        ["driver"] = ["ProducedByDriver", "RefusedAtInput"],
        ["sampling"] =
        [
            "ProducedByStages", "FilteredDuplicate", "FilteredRange", "FilteredDeadband", "RefusedAtOutput", "TimesMoved", "ClockFaults", "FilteredUnsent",
        ],
        ["spool"] = ["Spooled", "Stored", "DroppedSpoolFull", "DroppedByStore", "DroppedOther", "SpoolingAt", "SpooledBefore"],
    };

    private static readonly Dictionary<string, string[]> GaugesWriters = new()
    {
        ["sampling"] = ["PeriodNanos", "Ticks", "Missed", "Collections", "GuardNanos", "Marked", "LastPosition", "UnreadSeen", "Granted", "LastTickMonoNanos", "AllocatedBytes"],
        ["spool"] = ["Unmarked"],
    };

    private static readonly Dictionary<string, string[]> OrderWriters = new()
    {
        ["whose turn it is"] = ["State"],
        ["gate"] = ["Id", "Command", "Count", "Values", "PostedMonoNanos", "ExpiresMonoNanos", "Generation", "Safety"],
        ["link"] = ["TakenMonoNanos", "AnsweredMonoNanos", "Verdict", "Cause", "Detail", "Code", "TextLength", "Text"],
    };

    private static readonly Dictionary<string, string[]> ReactionWriters = new() { ["tick"] = ["Written", "Refused"], ["gate"] = ["Read"] };

    [Fact]
    public void A_sample_is_32_bytes_without_a_hole()
    {
        Assert.Equal(32, Unsafe.SizeOf<Sample>());
        Assert.Equal(
            [("Signal", 0), ("Status", 4), ("Bits", 8), ("SourceUtcNanos", 16), ("ArrivalMonoNanos", 24)],
            OffsetsOf<Sample>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<Sample>());
    }

    [Fact]
    public void A_latest_slot_is_a_cache_line_of_its_own()
    {
        Assert.Equal(CacheLine, Unsafe.SizeOf<LatestSlot>());
        Assert.Equal([("Version", 0), ("TextLength", 4), ("Sample", 8)], OffsetsOf<LatestSlot>());
    }

    [Fact]
    public void The_sides_of_an_orders_slot_share_no_pair_of_cache_lines()
    {
        Assert.Equal(512, Unsafe.SizeOf<OrderSlot>());
        AssertApart<OrderSlot>(OrderWriters, 2 * CacheLine);
    }

    [Fact]
    public void The_sides_of_a_ring_of_reactions_share_no_pair_of_cache_lines()
    {
        Assert.Equal(16, Unsafe.SizeOf<ReactionEvent>());
        AssertApart<ReactionControl>(ReactionWriters, 2 * CacheLine);
    }

    [Fact]
    public void The_bytes_of_a_hot_text_follow_its_version_and_length()
    {
        Assert.Equal(8, Unsafe.SizeOf<HotTextHeader>());
        Assert.Equal([("Version", 0), ("Length", 4)], OffsetsOf<HotTextHeader>());
    }

    [Fact]
    public void The_two_sides_of_a_ring_share_no_pair_of_cache_lines()
    {
        Assert.Equal(512, Unsafe.SizeOf<RingControl>());

        // Pairs: the processor fetches the neighbouring line along.
        AssertApart<RingControl>(RingWriters, 2 * CacheLine);
    }

    [Fact]
    public void The_three_writers_of_the_ledger_share_no_cache_line()
    {
        Assert.Equal(192, Unsafe.SizeOf<LedgerLanes>());
        AssertApart<LedgerLanes>(LedgerWriters, CacheLine);
    }

    [Fact]
    public void The_two_writers_of_the_loops_gauges_share_no_pair_of_cache_lines()
    {
        Assert.Equal(512, Unsafe.SizeOf<LoopGaugesControl>());
        AssertApart<LoopGaugesControl>(GaugesWriters, 2 * CacheLine);
    }

    [Fact]
    public void Hot_memory_begins_every_part_on_a_pair_of_cache_lines()
    {
        using var memory = new HotMemory(1024);
        unsafe
        {
            var first = (nint)memory.Take(1);
            var second = (nint)memory.Take(200);
            var third = (nint)memory.Take(128);

            Assert.Equal(0, first % 4096);
            Assert.Equal(128, second - first);
            Assert.Equal(256, third - second);
        }
    }

    private static void AssertApart<T>(Dictionary<string, string[]> writers, int bytes)
        where T : struct
    {
        var offsets = OffsetsOf<T>().ToDictionary(field => field.Name, field => field.Offset);
        Assert.Equal(offsets.Keys.Order(StringComparer.Ordinal), writers.Values.SelectMany(names => names).Order(StringComparer.Ordinal));

        var shared = writers
            .SelectMany(writer => writer.Value.Select(name => (Writer: writer.Key, Line: offsets[name] / bytes)))
            .GroupBy(field => field.Line)
            .Where(line => line.Select(field => field.Writer).Distinct().Count() > 1)
            .Select(line => line.Key);
        Assert.Empty(shared);
    }

    private static List<(string Name, int Offset)> OffsetsOf<T>()
        where T : struct =>
        [.. typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => (field.Name, (int)Marshal.OffsetOf<T>(field.Name)))];
}
