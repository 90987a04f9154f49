using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Tests.Simulators.Cell;

/// <summary>A cell on a machine that does other things too: late for a moment, on time again, and honest about what is lost for good.</summary>
public sealed class TickPaceTests
{
    private const long Start = 7_000_000_123;
    private const long Second = 1_000_000_000;

    /// <summary>What a thread that sleeps to a deadline wakes after it, usually.</summary>
    private const long WakeNanos = 60_000;

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public void On_a_quiet_machine_every_tick_passes_when_it_is_due(double speed)
    {
        var pace = new TickPace(speed, Start);

        var lived = Live(pace, Start, Start + (10 * Second), WakeNanos);

        AssertOnTime(speed, 10, lived.Ticks);
        Assert.Equal(0, pace.Slipped);
        Assert.True(lived.Most <= 1 + (speed * WakeNanos / SimulatedTime.NanosPerTick) + 1, $"{lived.Most} ticks at once");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public void A_hold_up_is_made_good_at_twice_the_pace_and_without_a_flood(double speed)
    {
        var pace = new TickPace(speed, Start);
        var before = Live(pace, Start, Start + Second, WakeNanos);
        var (heldUntil, free) = (Start + (4 * Second), Start + (6 * Second));

        // Three seconds in which the machine did not let it run; two more, and it is late still.
        var late = Live(pace, heldUntil, free, WakeNanos);
        var after = Live(pace, free, Start + (9 * Second), WakeNanos);

        Assert.True(late.Most <= TickPace.BurstMax, $"{late.Most} ticks at once");
        var most = (2 * speed * 2 * SimulatedTime.TicksPerSecond) + TickPace.BurstMax;
        Assert.InRange(late.Ticks, (0.95 * most) - TickPace.BurstMax, most + 1);
        AssertOnTime(speed, 9, before.Ticks + late.Ticks + after.Ticks);
        Assert.Equal(0, pace.Slipped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_clock_that_is_late_sleeps_between_its_ticks(double speed)
    {
        var pace = new TickPace(speed, Start);
        var now = Start + (3 * Second);

        Assert.Equal(TickPace.BurstMax, pace.Take(now));
        Assert.Equal(0, pace.Take(now));
        Assert.InRange(pace.NextNanos - now, 0.49 * SimulatedTime.NanosPerTick / speed, (0.51 * SimulatedTime.NanosPerTick / speed) + 1);
        Assert.Equal(1, pace.Take(pace.NextNanos));
    }

    [Fact]
    public void Many_small_hold_ups_leave_no_trace()
    {
        var pace = new TickPace(1, Start);
        var random = new Random(1);
        var (now, ticks) = (Start, 0L);
        while (now < Start + (210 * Second))
        {
            ticks += pace.Take(now);
            now = pace.NextNanos + (random.Next(100) == 0 ? random.Next(200_000_000) : WakeNanos);
        }

        // Half a minute of hold-ups in three and a half: more than 10 s of it were lost once.
        ticks += Live(pace, now, now + (2 * Second), WakeNanos).Ticks;

        AssertOnTime(1, (now + (2 * Second) - Start) / (double)Second, ticks);
        Assert.Equal(0, pace.Slipped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Only_what_is_beyond_the_bound_is_thrown_away_and_counted(double speed)
    {
        var pace = new TickPace(speed, Start);
        var ticksPerSecond = speed * SimulatedTime.TicksPerSecond;

        var lived = Live(pace, Start + (60 * Second), Start + (80 * Second), WakeNanos);

        var slipped = 60 - TickPace.BehindMax.TotalSeconds;
        Assert.InRange(pace.Slipped, (slipped * ticksPerSecond) - 1, (slipped * ticksPerSecond) + 1);
        AssertOnTime(speed, 80 - slipped, lived.Ticks);
    }

    [Fact]
    public void A_machine_that_is_too_slow_for_good_slips_by_what_it_lacks()
    {
        var pace = new TickPace(1, Start);
        var (now, ticks) = (Start, 0L);

        // Every tick costs 4 ms.
        while (now < Start + (100 * Second))
        {
            var taken = pace.Take(now);
            ticks += taken;
            now = Math.Max(now + (taken * 4_000_000), pace.NextNanos);
        }

        Assert.InRange(ticks, 25_000 - TickPace.BurstMax, 25_000 + TickPace.BurstMax);
        var lacking = 25_000 - (TickPace.BehindMax.TotalSeconds * SimulatedTime.TicksPerSecond);
        Assert.InRange(pace.Slipped, lacking - (2 * TickPace.BurstMax), lacking + (2 * TickPace.BurstMax));
    }

    private static void AssertOnTime(double speed, double seconds, long ticks)
    {
        var due = seconds * speed * SimulatedTime.TicksPerSecond;
        Assert.InRange(ticks, due - 2 - (speed * WakeNanos / SimulatedTime.NanosPerTick), due + 1);
    }

    /// <summary>Looks when it is to, and so much later as a thread wakes; how many ticks passed, and how many at once at most.</summary>
    private static (long Ticks, int Most) Live(TickPace pace, long from, long until, long lateNanos)
    {
        var (ticks, most) = (0L, 0);
        for (var now = from; now < until; now = pace.NextNanos + lateNanos)
        {
            var taken = pace.Take(now);
            (ticks, most) = (ticks + taken, Math.Max(most, taken));
        }

        return (ticks, most);
    }
}
