using IndustrieFutur.Edge.Core.Pacing;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The wall clock as an offset to the monotonic one.</summary>
public sealed class UtcOffsetTests
{
    /// <summary>Far more than three readings of a clock take, on the slowest machine.</summary>
    private const long Tolerance = 500_000_000;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_monotonic_time_becomes_nanoseconds_since_1970()
    {
        var utc = new UtcOffset(new FakeTimeProvider(Noon));

        var nanos = utc.ToUtc(MonoClock.NowNanos());

        Assert.InRange(nanos - (Noon.ToUnixTimeMilliseconds() * 1_000_000), 0, Tolerance);
    }

    [Fact]
    public void A_clock_that_was_set_is_seen_at_the_next_refresh()
    {
        var clock = new FakeTimeProvider(Noon);
        var utc = new UtcOffset(clock);
        var before = utc.Nanos;

        clock.AdjustTime(Noon.AddHours(-1));
        var unchanged = utc.Nanos;
        utc.Refresh();

        Assert.Equal(before, unchanged);
        Assert.InRange(utc.Nanos - before + 3_600_000_000_000, -Tolerance, Tolerance);
    }

    [Fact]
    public void The_loop_refreshes_once_a_second()
    {
        var clock = new FakeTimeProvider(Noon);
        using var cell = new HotCell([HotCell.Signal(0)], clock: clock);
        cell.Tick();
        var before = cell.Utc.Nanos;
        clock.Advance(TimeSpan.FromHours(1));

        cell.Tick(TimeSpan.FromMilliseconds(500));
        var soon = cell.Utc.Nanos;
        cell.Tick(TimeSpan.FromMilliseconds(600));

        Assert.Equal(before, soon);
        Assert.InRange(cell.Utc.Nanos - before, 3_600_000_000_000 - Tolerance, 3_600_000_000_000);
    }
}
