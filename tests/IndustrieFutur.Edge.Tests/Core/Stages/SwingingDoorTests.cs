using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>The swinging door against its definition, tried point by point: what is left out lies within the deviation of the line between what is sent.</summary>
public sealed class SwingingDoorTests
{
    /// <summary>No sum of the walks' quarters lies on its edge, so rounding decides nothing.</summary>
    private const double Deviation = 0.73105857;
    private const long Milli = 1_000_000;
    private const long Longest = 500 * Milli;

    private static readonly SignalPlan Plan = HotCell.Signal(0) with { DoorDeviation = Deviation, DoorLongestNanos = Longest };

    [Fact]
    public void Any_walk_is_sent_as_the_definition_says_and_can_be_drawn_again()
    {
        // Each number is a step: up or down by quarters, after 1 to 100 ms. A failure prints the seed.
        Prop.ForAll(Gen.Choose(0, 899).ListOf().ToArbitrary(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300));
    }

    [Fact]
    public void A_straight_line_is_its_two_ends()
    {
        using var cell = new HotCell([Plan]);

        Run(cell, [.. Enumerable.Range(0, 40).Select(i => (Time: i * 10 * Milli, Value: i * 0.5))]);

        Assert.Equal([0.0, 19.5], cell.DrainValues());
        Assert.Equal((40, 38, 0), (cell.Ledger.Read(0).Produced, cell.Ledger.Read(0).FilteredDeadband, cell.Ledger.Read(0).InRings));
    }

    [Fact]
    public void A_change_of_quality_sends_what_was_held_and_itself()
    {
        using var cell = new HotCell([Plan]);
        foreach (var (value, status) in new[] { (1.0, StatusCode.Good), (1.1, StatusCode.Good), (0.0, StatusCode.BadNoCommunication), (0.0, StatusCode.BadNoCommunication), (1.2, StatusCode.Good) })
        {
            cell.Write(0, value, status, cell.UtcNow);
            cell.Tick();
        }

        Assert.Equal(
            [(1.0, StatusCode.Good), (1.1, StatusCode.Good), (0.0, StatusCode.BadNoCommunication), (1.2, StatusCode.Good)],
            cell.Drain().Select(drained => (drained.Sample.AsDouble, drained.Sample.Status)));
    }

    [Fact]
    public void What_is_held_is_sent_after_the_longest_time_though_nothing_follows()
    {
        using var cell = new HotCell([Plan]);
        Tick(cell, 5.0);
        Tick(cell, 5.1);

        Assert.Equal([5.0], cell.DrainValues());
        Assert.True(cell.Latest.Read(0, out var latest) && latest.AsDouble == 5.1);
        cell.Tick(TimeSpan.FromMilliseconds(490));
        Assert.Empty(cell.DrainValues());
        cell.Tick(TimeSpan.FromMilliseconds(20));

        Assert.Equal([5.1], cell.DrainValues());
        Assert.Equal(0, cell.Ledger.Read(0).InRings);
    }

    [Fact]
    public void What_is_held_outlives_the_loop_that_held_it()
    {
        using var cell = new HotCell([Plan]);
        Tick(cell, 5.0);
        Tick(cell, 5.1);
        cell.Restart();
        cell.Tick(TimeSpan.FromMilliseconds(600));

        // What was due before a loop begins rings at its second tick, if that is a timer's grain later.
        cell.Tick(TimeSpan.FromMilliseconds(2));

        Assert.Equal([5.0, 5.1], cell.DrainValues());
    }

    private static void Tick(HotCell cell, double value)
    {
        cell.Write(0, value);
        cell.Tick();
    }

    private static void Holds(List<int> steps)
    {
        var (time, value) = (0L, 0.0);
        var walk = new List<(long Time, double Value)>();
        foreach (var step in steps)
        {
            time += ((step / 9) + 1) * Milli;
            value += ((step % 9) - 4) * 0.25;
            walk.Add((time, value));
        }

        using var cell = new HotCell([Plan], input: 1_024, output: 1_024, samplesPerTickMax: 1_024);
        var zero = Run(cell, walk);
        var sent = cell.Drain().Select(drained => (Time: drained.Sample.SourceUtcNanos - zero, Value: drained.Sample.AsDouble)).ToList();

        Assert.Equal(Reference(walk), sent);
        Assert.All(walk, point => Assert.InRange(point.Value - Line(sent, point.Time), -Deviation - 1e-9, Deviation + 1e-9));
        Assert.Equal((walk.Count, 0), (cell.Ledger.Read(0).Produced, cell.Ledger.Read(0).InRings));
        Assert.Equal(walk.Count - sent.Count, cell.Ledger.Read(0).Filtered);
    }

    /// <summary>All in one tick, then the end; returns the time that the walk's zero is.</summary>
    private static long Run(HotCell cell, IReadOnlyList<(long Time, double Value)> walk)
    {
        var zero = cell.UtcNow;
        foreach (var (time, value) in walk)
        {
            cell.Write(0, value, StatusCode.Good, zero + time);
        }

        cell.Tick();
        cell.Loop.Flush();
        return zero;
    }

    /// <summary>Point by point: from the last one sent on, as long as every point between may be left out of the line to the newest, and not for longer than the longest time.</summary>
    private static List<(long Time, double Value)> Reference(List<(long Time, double Value)> walk)
    {
        var sent = new List<(long Time, double Value)>();
        for (var from = 0; from < walk.Count;)
        {
            sent.Add(walk[from]);
            var last = from + 1;
            while (last < walk.Count && IsLine(walk, from, last))
            {
                last++;
            }

            // The one before the first that does not do; the next one itself when there is none between.
            from = last == from + 1 ? last : last - 1;
        }

        return sent;
    }

    private static bool IsLine(List<(long Time, double Value)> walk, int from, int to) =>
        walk[to].Time - walk[from].Time <= Longest
        && Enumerable.Range(from + 1, to - from - 1).All(i => Math.Abs(Line([walk[from], walk[to]], walk[i].Time) - walk[i].Value) <= Deviation);

    private static double Line(List<(long Time, double Value)> points, long time)
    {
        var next = points.FindIndex(point => point.Time >= time);
        var (b, a) = (points[next], points[Math.Max(0, next - 1)]);
        return b.Time == a.Time ? b.Value : a.Value + ((b.Value - a.Value) * (time - a.Time) / (b.Time - a.Time));
    }
}
