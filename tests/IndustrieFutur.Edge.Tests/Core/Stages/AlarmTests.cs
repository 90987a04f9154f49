using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>Alarms wait for their delays, and neither an alarm nor an interlock is ever true by what is not known.</summary>
public sealed class AlarmTests
{
    [Fact]
    public void An_alarm_waits_for_its_delays_though_no_sample_comes()
    {
        using var cell = new DerivedCell();
        var alarm = cell.Alarm("d/x > 80", onMillis: 50, offMillis: 30);
        Write(cell, 90);
        Assert.Equal(0, cell.Latest(alarm).Bits);
        cell.Tick(40);
        Assert.Equal(0, cell.Latest(alarm).Bits);
        cell.Tick(15);
        Assert.Equal(1, cell.Latest(alarm).Bits);

        Write(cell, 70);
        cell.Tick(20);
        Assert.Equal(1, cell.Latest(alarm).Bits);
        cell.Tick(15);
        Assert.Equal(0, cell.Latest(alarm).Bits);
        Assert.Equal([0, 1, 0], cell.Of(alarm).Select(sample => sample.Bits));
    }

    [Fact]
    public void What_changed_by_time_alone_bears_the_time_it_changed_at()
    {
        using var cell = new DerivedCell();
        var alarm = cell.Alarm("d/x > 80", onMillis: 50);
        var written = cell.Hot.UtcNow;
        Write(cell, 90);
        cell.Tick(60);

        var times = cell.Of(alarm).Select(sample => (sample.SourceUtcNanos - written) / 1_000_000).ToArray();
        Assert.Equal(0, times[0]);
        Assert.InRange(times[1], 50, 61);
    }

    [Fact]
    public void A_condition_that_is_over_before_the_delay_is_no_alarm()
    {
        using var cell = new DerivedCell();
        var alarm = cell.Alarm("d/x > 80", onMillis: 50);
        for (var i = 0; i < 20; i++)
        {
            Write(cell, 90);
            cell.Tick(40);
            Write(cell, 70);
        }

        cell.Tick(500);
        Assert.Equal([0], cell.Of(alarm).Select(sample => sample.Bits));
    }

    [Fact]
    public void An_alarm_whose_input_is_Bad_is_indeterminate_and_goes_on_as_it_was()
    {
        using var cell = new DerivedCell();
        var alarm = cell.Alarm("d/x > 80", onMillis: 50);
        Write(cell, 90);
        cell.Tick(60);
        Write(cell, 0, StatusCode.BadNoCommunication);
        Assert.Equal((0, StatusCode.BadNoCommunication), (cell.Latest(alarm).Bits, cell.Latest(alarm).Status));

        Write(cell, 91);
        Assert.Equal((1, StatusCode.Good), (cell.Latest(alarm).Bits, cell.Latest(alarm).Status));
    }

    [Fact]
    public void A_delay_begins_anew_after_a_Bad_input()
    {
        using var cell = new DerivedCell();
        var alarm = cell.Alarm("d/x > 80", onMillis: 50);
        Write(cell, 90);
        cell.Tick(40);
        Write(cell, 0, StatusCode.BadNoCommunication);
        cell.Tick(100);
        Write(cell, 90);
        cell.Tick(40);
        Assert.Equal(0, cell.Latest(alarm).Bits);
        cell.Tick(15);
        Assert.Equal(1, cell.Latest(alarm).Bits);
    }

    [Fact]
    public void An_active_alarm_stays_so_for_a_loop_that_starts_anew()
    {
        using var cell = new DerivedCell();
        var alarm = cell.Alarm("d/x > 80", onMillis: 50);
        Write(cell, 90);
        cell.Tick(40);
        cell.Hot.Restart();
        cell.Tick(15);

        Assert.Equal(1, cell.Latest(alarm).Bits);
    }

    [Theory]
    [InlineData("d/b and d/x < 10", 5, StatusCode.Good, true, StatusCode.Good)]
    [InlineData("d/b and d/x < 10", 50, StatusCode.Good, false, StatusCode.Good)]
    [InlineData("d/b and d/x < 10", 5, StatusCode.UncertainLastUsableValue, false, StatusCode.UncertainLastUsableValue)]
    [InlineData("d/b and d/x < 10", 5, StatusCode.BadNoCommunication, false, StatusCode.BadNoCommunication)]
    [InlineData("d/b or d/x < 10", 5, StatusCode.BadNoCommunication, false, StatusCode.BadNoCommunication)]
    [InlineData("if(good(d/x), d/x < 10, d/b)", 5, StatusCode.BadNoCommunication, false, StatusCode.BadNoCommunication)]
    [InlineData("not good(d/x) or d/b", 5, StatusCode.UncertainEngineeringUnitsExceeded, false, StatusCode.UncertainEngineeringUnitsExceeded)]
    public void An_interlock_is_true_by_Good_inputs_only(string when, double x, uint status, bool isTrue, uint says)
    {
        using var cell = new DerivedCell();
        var interlock = cell.Interlock(when);
        cell.Write(DerivedCell.B, 1);
        Write(cell, x, status);

        Assert.Equal((isTrue ? 1 : 0, says), (cell.Latest(interlock).Bits, cell.Latest(interlock).Status));
    }

    [Fact]
    public void A_stale_input_opens_no_interlock()
    {
        using var cell = new DerivedCell();
        var limited = cell.Expression("d/x * 1", signal => signal with { StaleNanos = 1_000_000_000 });
        var interlock = cell.Interlock($"cell/s{limited} > 0");
        Write(cell, 5);
        Assert.Equal(1, cell.Latest(interlock).Bits);
        cell.Tick(1_100);

        Assert.Equal((0, StatusCode.UncertainLastUsableValue), (cell.Latest(interlock).Bits, cell.Latest(interlock).Status));
    }

    [Fact]
    public void Nothing_is_made_before_every_input_has_come()
    {
        using var cell = new DerivedCell();
        var (alarm, interlock) = (cell.Alarm("d/x > 0 or d/y > 0"), cell.Interlock("d/x > 0 or d/y > 0"));
        Write(cell, 5);
        Assert.False(cell.HasValue(alarm) || cell.HasValue(interlock));

        cell.Write(DerivedCell.Y, 0);
        cell.Tick();
        Assert.Equal((1, 1), (cell.Latest(alarm).Bits, cell.Latest(interlock).Bits));
    }

    private static void Write(DerivedCell cell, double x, uint status = StatusCode.Good)
    {
        cell.Write(DerivedCell.X, x, status);
        cell.Tick();
    }
}
