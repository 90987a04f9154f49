using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>Windows over time and over so many samples, against a plain grouping of the same samples.</summary>
public sealed class WindowTests
{
    private const long Milli = 1_000_000;
    private const long Over = 100 * Milli;

    /// <summary>A time at which a window begins.</summary>
    private const long Zero = 1_700_000_000_000_000_000;

    [Theory]
    [InlineData(WindowOf.Min)]
    [InlineData(WindowOf.Max)]
    [InlineData(WindowOf.Mean)]
    [InlineData(WindowOf.Count)]
    [InlineData(WindowOf.Last)]
    public void Any_samples_in_any_ticks_are_grouped_by_their_source_times(WindowOf of)
    {
        // Each number is a sample: how long after the one before, its value, and whether a tick ends behind it.
        var samples = Gen.Choose(1, 250).SelectMany(after => Gen.Choose(-50, 50).SelectMany(value => Gen.Elements(true, false).Select(tick => (after, value, tick))));

        Prop.ForAll(samples.ListOf().ToArbitrary(), steps =>
        {
            using var cell = new DerivedCell();
            var window = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = of, OverNanos = Over, Written = "" });
            var (time, written) = (Zero, new List<(long Time, double Value)>());
            foreach (var (after, value, tick) in steps)
            {
                time += after * Milli;
                written.Add((time, value));
                cell.Write(DerivedCell.X, value, StatusCode.Good, time);
                cell.Tick(tick ? 1 : 0);
            }

            // The last window is open still.
            var closed = written.GroupBy(sample => sample.Time / Over).SkipLast(1).Select(group => (group.Last().Time, Reference(of, [.. group.Select(sample => sample.Value)])));
            Assert.Equal(closed, cell.Of(window).Select(sample => (sample.SourceUtcNanos, of == WindowOf.Count ? sample.Bits : sample.AsDouble)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60));
    }

    [Fact]
    public void A_window_is_closed_by_time_when_its_signal_falls_silent()
    {
        using var cell = new DerivedCell();
        var window = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = WindowOf.Mean, OverNanos = Over, Written = "" });
        cell.Write(DerivedCell.X, 2);
        cell.Write(DerivedCell.X, 4);
        cell.Tick();

        cell.Tick(900);
        Assert.Empty(cell.Of(window));
        cell.Tick(300);
        Assert.Equal([3.0], cell.Of(window).Select(sample => sample.AsDouble));

        // Nothing comes of nothing.
        cell.Tick(5_000);
        Assert.Empty(cell.Of(window));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(5, 0)]
    public void Every_so_many_samples_one_passes(int every, int passing)
    {
        using var cell = new DerivedCell();
        var window = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.N, Of = WindowOf.Last, Every = every, Written = "" });
        for (var i = 1; i <= 3; i++)
        {
            cell.Write(DerivedCell.N, i, StatusCode.Good, Zero + i);
        }

        cell.Tick();

        var passed = cell.Of(window);
        Assert.Equal(passing, passed.Count);
        Assert.All(passed, sample => Assert.Equal(Zero + sample.Bits, sample.SourceUtcNanos));
    }

    [Fact]
    public void A_sample_without_a_value_makes_the_window_Uncertain_and_a_window_of_such_Bad()
    {
        using var cell = new DerivedCell();
        var window = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = WindowOf.Mean, OverNanos = Over, Written = "" });
        cell.Write(DerivedCell.X, 2, StatusCode.Good, Zero + 1);
        cell.Write(DerivedCell.X, 0, StatusCode.BadDeviceFailure, Zero + 2);
        cell.Write(DerivedCell.X, 0, StatusCode.BadDeviceFailure, Zero + Over);
        cell.Write(DerivedCell.X, 7, StatusCode.UncertainEngineeringUnitsExceeded, Zero + (2 * Over));
        cell.Write(DerivedCell.X, 8, StatusCode.Good, Zero + (3 * Over));
        cell.Write(DerivedCell.X, 9, StatusCode.Good, Zero + (4 * Over));
        cell.Tick();

        Assert.Equal(
            [
                (2.0, StatusCode.UncertainDataSubNormal), (0.0, StatusCode.BadDeviceFailure),
                (7.0, StatusCode.UncertainEngineeringUnitsExceeded), (8.0, StatusCode.Good),
            ],
            cell.Of(window).Select(sample => (sample.AsDouble, sample.Status)));
    }

    [Fact]
    public void A_count_of_samples_ends_with_a_lost_link_and_says_so_once()
    {
        using var cell = new DerivedCell();
        var window = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = WindowOf.Last, Every = 2, Written = "" });
        foreach (var (value, status) in new[] { (1.0, StatusCode.Good), (0, StatusCode.BadDeviceFailure), (0, StatusCode.BadDeviceFailure), (2, StatusCode.Good), (3, StatusCode.Good) })
        {
            cell.Write(DerivedCell.X, value, status);
            cell.Tick();
        }

        Assert.Equal([(0.0, StatusCode.BadDeviceFailure), (3.0, StatusCode.Good)], cell.Of(window).Select(sample => (sample.AsDouble, sample.Status)));
    }

    [Fact]
    public void Windows_of_windows_lose_none_in_one_tick()
    {
        using var cell = new DerivedCell();
        var inner = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = DerivedCell.X, Of = WindowOf.Mean, OverNanos = Over, Written = "" });
        var outer = cell.Add(new DerivedPlan { Kind = DerivedKind.Window, Input = inner, Of = WindowOf.Max, Every = 3, Written = "" });
        for (var i = 0; i < 100; i++)
        {
            cell.Write(DerivedCell.X, i, StatusCode.Good, Zero + (i * Over / 4));
        }

        cell.Tick();

        // 24 windows of four are closed: 1.5, 5.5, ... 93.5; of each three the last is the largest.
        Assert.Equal(Enumerable.Range(0, 8).Select(i => 9.5 + (12 * i)), cell.Of(outer).Select(sample => sample.AsDouble));
    }

    private static double Reference(WindowOf of, double[] values) => of switch
    {
        WindowOf.Min => values.Min(),
        WindowOf.Max => values.Max(),
        WindowOf.Mean => values.Sum() / values.Length,
        WindowOf.Count => values.Length,
        _ => values[^1],
    };
}
