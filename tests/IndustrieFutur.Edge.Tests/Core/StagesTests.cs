using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The stages, one by one, through the loop that runs them.</summary>
public sealed class StagesTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void A_scaled_integer_becomes_a_double()
    {
        using var cell = Cell(HotCell.Signal(0) with { RawKind = ValueKind.Int64, Scale = 0.1, Offset = -20 });

        cell.Writer.Write(0, StatusCode.Good, -250, cell.MonoNow);
        cell.Tick();

        Assert.Equal([-45.0], cell.DrainValues());
    }

    [Fact]
    public void An_unsigned_value_beyond_the_signed_range_is_scaled_as_what_it_is()
    {
        using var cell = Cell(HotCell.Signal(0) with { RawKind = ValueKind.UInt64, Scale = 2 });

        cell.Writer.Write(0, StatusCode.Good, unchecked((long)(ulong.MaxValue - 4095)), cell.MonoNow);
        cell.Tick();

        Assert.Equal([2.0 * (ulong.MaxValue - 4095)], cell.DrainValues());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_a_number_is_Bad(double value)
    {
        using var cell = Cell(HotCell.Signal(0));

        cell.Write(0, value);
        cell.Tick();

        Assert.Equal(StatusCode.BadOutOfRange, Assert.Single(cell.Drain()).Sample.Status);
    }

    [Fact]
    public void A_value_out_of_range_is_marked_and_passes()
    {
        using var cell = Cell(HotCell.Signal(0) with { Low = 0, High = 10 });

        foreach (var value in new[] { 0, 10, 10.5, -0.5 })
        {
            cell.Write(0, value);
            cell.Tick();
        }

        Assert.Equal(
            [StatusCode.Good, StatusCode.Good, StatusCode.UncertainEngineeringUnitsExceeded, StatusCode.UncertainEngineeringUnitsExceeded],
            cell.Drain().Select(drained => drained.Sample.Status));
    }

    [Fact]
    public void A_value_out_of_a_range_that_drops_goes_nowhere_and_is_counted()
    {
        using var cell = Cell(HotCell.Signal(0) with { Low = 0, High = 10, RangeDrops = true });

        cell.Write(0, 5);
        cell.Tick();
        cell.Write(0, 11);
        cell.Tick();

        Assert.Equal([5.0], cell.DrainValues());
        Assert.Equal(1, cell.Ledger.Read(0).FilteredRange);
        Assert.True(cell.Latest.Read(0, out var latest));
        Assert.Equal(5.0, latest.AsDouble);
    }

    [Fact]
    public void The_deadband_holds_small_changes_back_but_the_table_shows_them()
    {
        using var cell = Cell(HotCell.Signal(0) with { Deadband = 0.5 });

        foreach (var value in new[] { 1.0, 1.5, 1.6, 2.0, 1.0 })
        {
            cell.Write(0, value);
            cell.Tick();
        }

        // 1.5 is just inside; 1.6 is outside of 1.0; 2.0 is inside of 1.6; 1.0 is outside.
        Assert.Equal([1.0, 1.6, 1.0], cell.DrainValues());
        Assert.Equal(2, cell.Ledger.Read(0).FilteredDeadband);
        cell.Write(0, 1.25);
        cell.Tick();
        Assert.True(cell.Latest.Read(0, out var latest));
        Assert.Equal(1.25, latest.AsDouble);
    }

    [Fact]
    public void A_deadband_of_nothing_passes_each_change_and_no_repetition()
    {
        using var cell = Cell(HotCell.Signal(0) with { RawKind = ValueKind.Int64, Deadband = 0 });

        foreach (var value in new long[] { 7, 7, 8, 8, 7 })
        {
            cell.Writer.Write(0, StatusCode.Good, value, cell.MonoNow);
            cell.Tick();
        }

        Assert.Equal([7, 8, 7], cell.Drain().Select(drained => drained.Sample.Bits));
    }

    [Fact]
    public void A_change_of_quality_passes_any_deadband()
    {
        using var cell = Cell(HotCell.Signal(0) with { Deadband = 100 });

        foreach (var status in new[] { StatusCode.Good, StatusCode.BadNoCommunication, StatusCode.BadNoCommunication, StatusCode.Good })
        {
            cell.Write(0, 1, status, cell.UtcNow);
            cell.Tick();
        }

        Assert.Equal(
            [StatusCode.Good, StatusCode.BadNoCommunication, StatusCode.Good], cell.Drain().Select(drained => drained.Sample.Status));
    }

    [Fact]
    public void A_heartbeat_passes_an_unchanged_value_when_it_is_due()
    {
        using var cell = Cell(HotCell.Signal(0) with { Deadband = 1, HeartbeatNanos = 10 * Second });

        for (var second = 0; second <= 25; second++)
        {
            cell.Write(0, 1);
            cell.Tick(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, cell.Drain().Count);
    }

    [Fact]
    public void A_silent_signal_is_marked_once_and_then_again_only_after_it_spoke()
    {
        using var cell = Cell(HotCell.Signal(0) with { StaleNanos = 2 * Second });
        cell.Write(0, 3.5);
        cell.Tick();

        for (var tick = 0; tick < 60; tick++)
        {
            cell.Tick(TimeSpan.FromMilliseconds(100));
        }

        var marked = cell.Drain();
        Assert.Equal([StatusCode.Good, StatusCode.UncertainLastUsableValue], marked.Select(drained => drained.Sample.Status));
        Assert.Equal(3.5, marked[1].Sample.AsDouble);
        Assert.InRange(marked[1].Sample.ArrivalMonoNanos - marked[0].Sample.ArrivalMonoNanos, 2 * Second, (2 * Second) + 200_000_000);
        Assert.Equal(2, cell.Ledger.Read(0).Produced);
        cell.Write(0, 3.5);
        cell.Tick();
        Assert.Equal(StatusCode.Good, Assert.Single(cell.Drain()).Sample.Status);
    }

    [Fact]
    public void A_silent_text_is_marked_with_its_text()
    {
        using var cell = Cell(HotCell.Text(0) with { StaleNanos = Second });
        cell.WriteText(0, "rezept 7");
        cell.Tick();

        cell.Tick(TimeSpan.FromSeconds(2));

        Assert.Equal(["rezept 7", "rezept 7"], cell.Drain().Select(drained => drained.Text));
        Assert.Equal(0, cell.Output.Refused);
    }

    [Fact]
    public void A_Bad_signal_and_one_that_never_spoke_are_not_called_stale()
    {
        using var cell = new HotCell([HotCell.Signal(0) with { StaleNanos = Second }, HotCell.Signal(1) with { StaleNanos = Second }]);
        cell.Write(0, 1, StatusCode.BadNoCommunication, cell.UtcNow);
        cell.Tick();

        cell.Tick(TimeSpan.FromSeconds(5));

        Assert.Equal(StatusCode.BadNoCommunication, Assert.Single(cell.Drain()).Sample.Status);
    }

    [Fact]
    public void A_signal_whose_only_values_were_dropped_has_no_value_to_go_stale()
    {
        using var cell = Cell(HotCell.Signal(0) with { Low = 5, High = 10, RangeDrops = true, StaleNanos = Second });
        cell.Write(0, 99);
        cell.Tick();

        cell.Tick(TimeSpan.FromSeconds(5));

        Assert.Empty(cell.Drain());
    }

    [Fact]
    public void An_exact_repetition_by_the_source_is_a_duplicate()
    {
        using var cell = Cell(HotCell.Signal(0));
        var source = cell.UtcNow;

        cell.Write(0, 1, StatusCode.Good, source);
        cell.Write(0, 1, StatusCode.Good, source);
        cell.Write(0, 2, StatusCode.Good, source);
        cell.Tick();

        Assert.Equal([1.0, 2.0], cell.DrainValues());
        Assert.Equal(1, cell.Ledger.Read(0).FilteredDuplicate);
    }

    [Fact]
    public void A_text_is_a_duplicate_by_its_characters()
    {
        using var cell = Cell(HotCell.Text(0));

        cell.WriteText(0, "a");
        cell.WriteText(0, "a");
        cell.WriteText(0, "b");
        cell.Tick();

        Assert.Equal(["a", "b"], cell.Drain().Select(drained => drained.Text));
    }

    [Fact]
    public void An_equal_or_slightly_older_time_moves_by_a_nanosecond()
    {
        using var cell = Cell(HotCell.Signal(0));
        var source = cell.UtcNow;

        cell.Write(0, 1, StatusCode.Good, source);
        cell.Write(0, 2, StatusCode.Good, source);
        cell.Write(0, 3, StatusCode.Good, source - Second + 1);
        cell.Tick();

        var samples = cell.Drain();
        Assert.Equal([source, source + 1, source + 2], samples.Select(drained => drained.Sample.SourceUtcNanos));
        Assert.All(samples, drained => Assert.Equal(StatusCode.Good, drained.Sample.Status));
        Assert.Equal(2, cell.Ledger.Read(0).TimesMoved);
    }

    [Fact]
    public void A_step_back_of_more_than_a_second_takes_the_edge_s_time_and_is_Uncertain()
    {
        using var cell = Cell(HotCell.Signal(0));
        cell.Write(0, 1, StatusCode.Good, cell.UtcNow - Second);
        cell.Write(0, 2, StatusCode.Good, cell.UtcNow - (3600 * Second));
        cell.Write(0, 3, StatusCode.Good, 0);
        cell.Write(0, 4, StatusCode.Good, long.MinValue);

        cell.Tick();

        var samples = cell.Drain().ConvertAll(drained => drained.Sample);
        Assert.Equal([StatusCode.Good, StatusCode.Uncertain, StatusCode.Uncertain, StatusCode.Uncertain], samples.Select(sample => sample.Status));
        Assert.All(samples.Skip(1), sample => Assert.InRange(sample.SourceUtcNanos, cell.UtcNow - Second, cell.UtcNow + Second));
        Assert.Equal(3, cell.Ledger.Read(0).ClockFaults);
    }

    [Fact]
    public void Samples_of_a_source_without_a_clock_never_share_a_time()
    {
        using var cell = Cell(HotCell.Signal(0));
        cell.Write(0, 1);
        cell.Tick();

        for (var i = 0; i < 5; i++)
        {
            cell.Write(0, 2 + i, StatusCode.Good, i);
        }

        cell.Tick();

        var times = cell.Drain().Select(drained => drained.Sample.SourceUtcNanos).ToList();
        Assert.Equal(6, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.First < pair.Second, $"{pair.First} is not before {pair.Second}"));
    }

    [Fact]
    public void The_order_in_time_goes_on_after_a_restart()
    {
        using var cell = Cell(HotCell.Signal(0));
        var last = cell.UtcNow + 500;
        cell.Loop.RestoreLastSource(0, last);

        cell.Write(0, 1, StatusCode.Good, last - 10);
        cell.Tick();

        Assert.Equal(last + 1, Assert.Single(cell.Drain()).Sample.SourceUtcNanos);
        Assert.Equal(last + 1, cell.Loop.LastSource(0));
    }

    [Fact]
    public void A_lost_link_does_no_harm_to_a_source_whose_clock_is_behind()
    {
        using var cell = Cell(HotCell.Signal(0));
        var source = cell.UtcNow - (30 * Second);
        cell.Write(0, 1, StatusCode.Good, source);
        cell.Writer.Write(0, StatusCode.BadNoCommunication, 0, cell.MonoNow);

        cell.Write(0, 2, StatusCode.Good, source + (2 * Second));
        cell.Write(0, 3, StatusCode.Good, source + (3 * Second));
        cell.Tick();

        var samples = cell.Drain().ConvertAll(drained => drained.Sample);
        Assert.Equal([StatusCode.Good, StatusCode.BadNoCommunication, StatusCode.Good, StatusCode.Good], samples.Select(sample => sample.Status));
        Assert.Equal([source + (2 * Second), source + (3 * Second)], samples.Skip(2).Select(sample => sample.SourceUtcNanos));
        Assert.Equal(0, cell.Ledger.Read(0).ClockFaults);
    }

    [Fact]
    public void A_stale_mark_does_no_harm_to_a_source_whose_clock_is_behind()
    {
        using var cell = Cell(HotCell.Signal(0) with { StaleNanos = Second });
        var source = cell.UtcNow - (30 * Second);
        cell.Write(0, 1, StatusCode.Good, source);
        cell.Tick();
        cell.Tick(TimeSpan.FromSeconds(5));

        cell.Write(0, 2, StatusCode.Good, source + (6 * Second));
        cell.Tick();

        var samples = cell.Drain().ConvertAll(drained => drained.Sample);
        Assert.Equal([StatusCode.Good, StatusCode.UncertainLastUsableValue, StatusCode.Good], samples.Select(sample => sample.Status));
        Assert.Equal(source + (6 * Second), samples[2].SourceUtcNanos);
    }

    [Fact]
    public void A_value_that_the_source_repeats_after_a_mark_is_known_again_from_now_on()
    {
        using var cell = Cell(HotCell.Signal(0));
        var source = cell.UtcNow - (3600 * Second);
        cell.Write(0, 1, StatusCode.Good, source);
        cell.Writer.Write(0, StatusCode.UncertainLastUsableValue, BitConverter.DoubleToInt64Bits(1), cell.MonoNow);
        cell.Tick();
        cell.Tick(TimeSpan.FromSeconds(5));

        cell.Write(0, 1, StatusCode.Good, source);
        cell.Tick();

        var samples = cell.Drain().ConvertAll(drained => drained.Sample);
        Assert.Equal(3, samples.Count);
        Assert.Equal(StatusCode.Good, samples[2].Status);
        Assert.True(samples[2].SourceUtcNanos > samples[1].SourceUtcNanos);
    }

    [Fact]
    public void A_source_that_repeats_itself_does_not_go_stale()
    {
        using var cell = Cell(HotCell.Signal(0) with { StaleNanos = 2 * Second });
        var source = cell.UtcNow;
        for (var second = 0; second < 6; second++)
        {
            cell.Write(0, 1, StatusCode.Good, source);
            cell.Tick(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(StatusCode.Good, Assert.Single(cell.Drain()).Sample.Status);
        Assert.Equal(5, cell.Ledger.Read(0).FilteredDuplicate);
    }

    private static HotCell Cell(SignalPlan signal) => new([signal]);
}
