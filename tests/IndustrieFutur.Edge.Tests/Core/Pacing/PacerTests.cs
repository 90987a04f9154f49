using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Core.Pacing;

/// <summary>The pacer keeps to its grid, counts what it missed and never catches up in a burst.</summary>
public sealed class PacerTests
{
    private const long PeriodNanos = 2_000_000;

    [Fact]
    public void Deadlines_lie_on_one_grid_and_none_comes_early()
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(2));
        var first = pacer.WaitForNext();
        var last = first;

        for (var i = 0; i < 50; i++)
        {
            var deadline = pacer.WaitForNext();
            Assert.True(MonoClock.NowNanos() >= deadline);
            Assert.True(deadline > last);
            Assert.Equal(0, (deadline - first) % PeriodNanos);
            last = deadline;
        }

        Assert.Equal(((last - first) / PeriodNanos) - 50, pacer.Missed);
    }

    [Fact]
    public void What_was_missed_is_counted_and_not_made_up_for()
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(2));
        var before = pacer.WaitForNext();
        var missedBefore = pacer.Missed;

        // Work that takes five and a half periods.
        SpinUntil(before + (11 * PeriodNanos / 2));
        var late = pacer.WaitForNext();
        var next = pacer.WaitForNext();

        Assert.True(late - before >= 5 * PeriodNanos);
        Assert.True(next - late >= PeriodNanos);
        Assert.True(MonoClock.NowNanos() >= next);
        Assert.Equal(((next - before) / PeriodNanos) - 2, pacer.Missed - missedBefore);
    }

    [Fact]
    public void A_deadline_that_has_passed_is_not_waited_for()
    {
        var now = MonoClock.NowNanos();

        Pacer.SleepUntil(now - 1_000_000_000);

        Assert.True(MonoClock.NowNanos() - now < 1_000_000_000);
    }

    [Fact]
    public void A_period_below_a_millisecond_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pacer(TimeSpan.FromMicroseconds(999)));

    [Fact]
    public void A_pacer_that_spins_comes_in_time_and_never_early()
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(2), SpinGuard.Auto);
        for (var i = 0; i < 50; i++)
        {
            var deadline = pacer.WaitForNext();
            Assert.True(MonoClock.NowNanos() >= deadline);
        }

        Assert.InRange(pacer.GuardNanos, 20_000, 200_000);
    }

    [Fact]
    public void A_pacer_made_long_before_it_is_used_has_missed_nothing()
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(1));
        SpinUntil(MonoClock.NowNanos() + (5 * PeriodNanos));

        pacer.WaitForNext();

        Assert.Equal(0, pacer.Missed);
    }

    [Fact]
    public void A_wait_that_sleeps_spins_and_learns_allocates_nothing()
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(1), SpinGuard.Auto);

        Assert.Equal(0, AllocationGuard.BytesOf(() => pacer.WaitForNext(), turns: 20));
    }

    [Fact]
    public void The_portable_sleep_never_returns_early()
    {
        var until = MonoClock.NowNanos() + 1_300_000;

        Pacer.SleepPortably(until);

        Assert.True(MonoClock.NowNanos() >= until);
    }

    private static void SpinUntil(long monoNanos)
    {
        while (MonoClock.NowNanos() < monoNanos)
        {
            Thread.SpinWait(20);
        }
    }
}
