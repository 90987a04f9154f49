using FsCheck;
using FsCheck.Fluent;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.Tests.Core.Stages;

/// <summary>The wheel of timers against a plain list of deadlines.</summary>
public sealed class StageTimersTests
{
    private const int Timers = 20;
    private const long Milli = 1_000_000;
    private const int OnceRoundMillis = 4_290;

    [Fact]
    public void No_timer_rings_before_its_time_and_each_soon_after()
    {
        // Each number is a step: which timer is set how far ahead, and how long until the next tick. Pauses and deadlines reach beyond once round.
        var steps = Gen.Choose(0, 19).SelectMany(timer => Gen.Choose(0, 12_000).SelectMany(ahead => Gen.Elements(0, 1, 3, 10, 900, 9_000).Select(pause => (timer, ahead, pause))));

        Prop.ForAll(steps.ListOf().ToArbitrary(), Rings).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));
    }

    [Fact]
    public void A_timer_set_twice_rings_once_at_the_earlier_time()
    {
        var timers = new StageTimers(2);
        timers.Begin(0);
        timers.Set(0, 500 * Milli);
        timers.Set(0, 100 * Milli);
        timers.Set(0, 900 * Milli);

        Assert.Empty(Ringing(timers, 99 * Milli));
        Assert.Equal([0], Ringing(timers, 102 * Milli));
        Assert.Empty(Ringing(timers, 2_000 * Milli));
    }

    [Fact]
    public void What_does_not_fit_into_a_tick_rings_in_the_next()
    {
        var timers = new StageTimers(10_000);
        timers.Begin(0);
        for (var i = 0; i < 10_000; i++)
        {
            timers.Set(i, 10 * Milli);
        }

        Assert.Equal([4_096, 4_096, 1_808, 0], Enumerable.Range(20, 4).Select(milli => Ringing(timers, milli * Milli).Count));
    }

    private static void Rings(List<(int Timer, int Ahead, int Pause)> steps)
    {
        var (timers, due, now) = (new StageTimers(Timers), new Dictionary<int, long>(), 1_000_000 * Milli);
        var far = new HashSet<int>();
        timers.Begin(now);
        foreach (var (timer, ahead, pause) in steps)
        {
            var deadline = now + (ahead * Milli);
            timers.Set(timer, deadline);
            if (ahead >= OnceRoundMillis)
            {
                far.Add(timer);
            }

            due[timer] = Math.Min(due.GetValueOrDefault(timer, long.MaxValue), deadline);
            now += pause * Milli;
            foreach (var rung in Ringing(timers, now))
            {
                if (due[rung] > now)
                {
                    // Only what is further off than the wheel is round rings too soon; whoever set it sets it again.
                    Assert.Contains(rung, far);
                    timers.Set(rung, due[rung]);
                    continue;
                }

                due.Remove(rung);
                far.Remove(rung);
            }

            // A grain of 1.05 ms, and no more.
            Assert.DoesNotContain(due.Values, deadline => deadline < now - (3 * Milli));
        }
    }

    private static List<int> Ringing(StageTimers timers, long now)
    {
        var rung = new List<int>();
        timers.Advance(now);
        for (var timer = timers.Next(); timer >= 0; timer = timers.Next())
        {
            rung.Add(timer);
        }

        return rung;
    }
}
