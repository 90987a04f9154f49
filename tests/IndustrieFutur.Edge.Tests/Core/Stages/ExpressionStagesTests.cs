using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>When expressions are evaluated, in which order, and which times and qualities come of it.</summary>
public sealed class ExpressionStagesTests
{
    [Fact]
    public void A_chain_is_evaluated_in_one_tick_each_after_what_it_is_made_of()
    {
        using var cell = new DerivedCell();
        var first = cell.Expression("d/x + 1");
        var second = cell.Expression($"cell/s{first} * 10");
        var third = cell.Expression($"cell/s{second} - cell/s{first} + d/y");
        cell.Write(DerivedCell.X, 1);
        cell.Write(DerivedCell.Y, 100);
        cell.Tick();

        Assert.Equal((2.0, 20.0, 118.0), (cell.Latest(first).AsDouble, cell.Latest(second).AsDouble, cell.Latest(third).AsDouble));
        Assert.Equal([118.0], cell.Of(third).Select(sample => sample.AsDouble));
    }

    [Fact]
    public void Once_a_tick_and_only_when_something_it_names_has_changed()
    {
        using var cell = new DerivedCell();
        var (ofX, ofY) = (cell.Expression("d/x * 2"), cell.Expression("d/y * 2"));
        cell.Write(DerivedCell.X, 1);
        cell.Write(DerivedCell.Y, 1);
        cell.Tick();
        for (var i = 0; i < 5; i++)
        {
            cell.Write(DerivedCell.X, i, StatusCode.Good, cell.Hot.UtcNow);
            cell.Write(DerivedCell.X, i + 10, StatusCode.Good, cell.Hot.UtcNow + 1);
            cell.Tick();
            cell.Tick();
        }

        Assert.Equal((6, 1), (cell.Hot.Ledger.Read(ofX).Produced, cell.Hot.Ledger.Read(ofY).Produced));
    }

    [Fact]
    public void The_newest_input_gives_the_time_and_times_rise()
    {
        using var cell = new DerivedCell();
        var sum = cell.Expression("d/x + d/y");
        var zero = cell.Hot.UtcNow;

        // y's clock is ten seconds behind: the sum changes with it, and still no time comes twice or goes back.
        cell.Write(DerivedCell.X, 1, StatusCode.Good, zero);
        cell.Write(DerivedCell.Y, 1, StatusCode.Good, zero - 10_000_000_000);
        cell.Tick();
        cell.Write(DerivedCell.Y, 2, StatusCode.Good, zero - 9_999_000_000);
        cell.Tick();
        cell.Write(DerivedCell.X, 2, StatusCode.Good, zero + 5_000_000);
        cell.Tick();
        var times = cell.Of(sum).Select(sample => sample.SourceUtcNanos - zero).ToArray();

        Assert.Equal(3, times.Length);
        Assert.Equal((0, 5_000_000), (times[0], times[2]));
        Assert.InRange(times[1], 1, 4_999_999);
        Assert.Equal(0, cell.Hot.Ledger.Read(sum).ClockFaults);
    }

    [Theory]
    [InlineData(StatusCode.BadDeviceFailure, StatusCode.BadDeviceFailure)]
    [InlineData(StatusCode.UncertainEngineeringUnitsExceeded, StatusCode.UncertainEngineeringUnitsExceeded)]
    public void The_worst_input_gives_the_quality(uint status, uint expected)
    {
        using var cell = new DerivedCell();
        var sum = cell.Expression("d/x + d/y");
        cell.Write(DerivedCell.X, 1);
        cell.Write(DerivedCell.Y, 1, status);
        cell.Tick();
        Assert.Equal(expected, cell.Latest(sum).Status);

        cell.Write(DerivedCell.Y, 2);
        cell.Tick();
        Assert.Equal((3.0, StatusCode.Good), (cell.Latest(sum).AsDouble, cell.Latest(sum).Status));
    }

    [Fact]
    public void A_link_that_is_lost_and_back_leaves_times_that_rise()
    {
        using var cell = new DerivedCell();
        var sum = cell.Expression("d/x + 1");
        foreach (var status in new[] { StatusCode.Good, StatusCode.UncertainLastUsableValue, StatusCode.BadNoCommunication, StatusCode.BadNoCommunication, StatusCode.Good })
        {
            cell.Write(DerivedCell.X, 1, status);
            cell.Tick();
        }

        var samples = cell.Of(sum);
        Assert.Equal(StatusCode.Good, samples[^1].Status);
        Assert.Equal(samples.Select(sample => sample.SourceUtcNanos).Order().Distinct(), samples.Select(sample => sample.SourceUtcNanos));
    }

    [Fact]
    public void An_age_grows_though_nothing_comes()
    {
        using var cell = new DerivedCell();
        var late = cell.Expression("age(d/x) > 1", signal => signal with { Deadband = 0 });
        cell.Write(DerivedCell.X, 1);
        cell.Tick();
        for (var i = 0; i < 15; i++)
        {
            Assert.Equal((i, 0L), (i, cell.Latest(late).Bits));
            cell.Tick(i < 14 ? 70 : 200);
        }

        Assert.Equal(1, cell.Latest(late).Bits);
        cell.Write(DerivedCell.X, 2);
        cell.Tick();
        Assert.Equal(0, cell.Latest(late).Bits);
    }

    [Fact]
    public void Its_own_range_and_deadband_hold_as_for_any_signal()
    {
        using var cell = new DerivedCell();
        var twice = cell.Expression("d/x * 2", signal => signal with { High = 10, RangeDrops = true, Deadband = 1 });
        foreach (var x in new[] { 1.0, 1.2, 3, 50, 4 })
        {
            cell.Write(DerivedCell.X, x);
            cell.Tick();
        }

        Assert.Equal([2.0, 6, 8], cell.Of(twice).Select(sample => sample.AsDouble));
        var entry = cell.Hot.Ledger.Read(twice);
        Assert.Equal((5, 1, 1, 3), (entry.Produced, entry.FilteredDeadband, entry.FilteredRange, entry.Spooled));
    }

    [Fact]
    public void A_signal_that_is_not_sent_feeds_others_and_is_booked()
    {
        using var cell = new DerivedCell();
        var twice = cell.Expression("d/x * 2");
        cell.Write(DerivedCell.X, 4);
        cell.Tick();

        Assert.Empty(cell.Of(DerivedCell.X));
        Assert.Equal(8.0, cell.Latest(twice).AsDouble);
        Assert.Equal((1, 1, 1), (cell.Hot.Ledger.Read(DerivedCell.X).Produced, cell.Hot.Ledger.Read(DerivedCell.X).FilteredUnsent, cell.Hot.Ledger.Read(DerivedCell.X).Filtered));
    }
}
