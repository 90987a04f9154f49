using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Torque;

namespace IndustrieFutur.Edge.Tests.Simulators.Torque;

/// <summary>A demonstration shows a bad screw, the alarm for it, and that somebody acknowledges it: within a minute, and at the same moment each time.</summary>
public sealed class TorqueAttendantTests
{
    private const int Minute = 60 * SimulatedTime.TicksPerSecond;

    [Fact]
    public void On_the_demonstration_s_day_the_one_bad_screw_raises_an_alarm_that_is_acknowledged_within_a_minute()
    {
        const int Demonstrated = 4;

        var told = Told(Demonstrated, hasBadScrew: true);

        Assert.Single(told, line => line.Contains(" NOK ", StringComparison.Ordinal));
        var bad = told.FindIndex(line => line.Contains(" NOK ", StringComparison.Ordinal));
        Assert.InRange(bad, 1, 2);
        Assert.EndsWith(" driver alarm E105", told[bad + 1], StringComparison.Ordinal);
        Assert.Single(told, line => line.EndsWith(" driver alarm E105 acknowledged", StringComparison.Ordinal));
        Assert.Equal(told, Told(Demonstrated, hasBadScrew: true));
    }

    [Fact]
    public void The_seed_decides_which_screw_it_is_and_when_somebody_comes()
    {
        var screws = Enumerable.Range(1, 20).Select(BadScrew).ToList();

        Assert.Equal([2, 3], screws.Select(one => one.Screw).Distinct().Order());
        Assert.All(screws, one => Assert.InRange(one.AlarmTicks, 4 * SimulatedTime.TicksPerSecond, 10 * SimulatedTime.TicksPerSecond));
        Assert.True(screws.Select(one => one.AlarmTicks).Distinct().Count() > 3, "somebody comes after the same time on every day");
    }

    [Fact]
    public void A_cell_that_is_no_demonstration_raises_no_alarm_of_itself()
    {
        Assert.DoesNotContain(Told(seed: 4, hasBadScrew: false), line => line.Contains("alarm", StringComparison.Ordinal));
    }

    /// <summary>What a cell's torque driver says in a minute.</summary>
    private static List<string> Told(int seed, bool hasBadScrew)
    {
        using var cell = new CellSimulator(new CellSettings { Seed = seed, HasBadScrew = hasBadScrew });
        cell.Clock.Step(Minute);
        return [.. cell.Journal.Lines.Where(line => line.Contains(" driver ", StringComparison.Ordinal))];
    }

    /// <summary>The first screw that is bad, at a controller whose first ones are not so by chance, and how long an alarm lasts there.</summary>
    private static (int Screw, long AlarmTicks) BadScrew(int seed)
    {
        var torque = new TorqueController(seed: 1);
        using var clock = new SimulationClock();
        clock.Add(torque);
        clock.Add(new TorqueAttendant(seed, torque));
        var screw = 0;
        do
        {
            clock.Step(1);
            screw++;
            torque.Tighten();
            clock.Step(2 * SimulatedTime.TicksPerSecond);
        }
        while (screw < 10 && IsOk(torque));

        torque.RaiseAlarm("E404");
        var ticks = 0;
        do
        {
            clock.Step(1);
            ticks++;
        }
        while (ticks < Minute && (ticks < 10 || torque.ActiveAlarm is not null));

        return (screw, ticks);
    }

    private static bool IsOk(TorqueController torque)
    {
        Assert.True(torque.Results.TryNext(torque.Results.Last - 1, out _, out var result));
        return result.IsOk;
    }
}
