using IndustrieFutur.Edge.Drivers.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>The controller's even steps come through, whatever the network does with the packages; no time lies in the future, none goes back.</summary>
public sealed class RtdeClockTests
{
    private const long PeriodNanos = 2_000_000;
    private const long DelayNanos = 150_000;
    private const long BornMonoNanos = 5_000_000_000;

    private readonly RtdeClock _clock = new();

    [Fact]
    public void Steps_stay_even_through_jitter()
    {
        var random = new Random(1);
        var times = Run(Enumerable.Range(0, 5_000).Select(i => (Stamp(i), Arrival(i) + random.Next(0, 1_000_000))), skip: 2_000);

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, PeriodNanos - 20_000, PeriodNanos + 20_000));
    }

    [Fact]
    public void A_pause_of_the_network_is_not_one_of_the_robot()
    {
        // 100 ms in which nothing comes, then all of it at once.
        var times = Run(Enumerable.Range(0, 1_000).Select(i => (Stamp(i), i is >= 600 and < 650 ? Arrival(650) : Arrival(i))), skip: 10);

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(PeriodNanos, pair.Second - pair.First));
    }

    [Fact]
    public void A_first_package_that_came_late_is_made_good_and_no_time_goes_back()
    {
        var times = Run(Enumerable.Range(0, 100).Select(i => (Stamp(i), i == 0 ? Arrival(9) : Arrival(Math.Max(9, i)))), skip: 0);

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second > pair.First));
        Assert.Equal(Arrival(99), times[^1]);
    }

    [Theory]
    [InlineData(1.0001)]
    [InlineData(0.9999)]
    [InlineData(4)]
    [InlineData(0.5)]
    public void A_clock_that_runs_differently_is_followed(double speed)
    {
        long last = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var arrival = Arrival(i);
            var time = _clock.ToMono((long)(Stamp(i) * speed), arrival);
            Assert.InRange(time, last + 1, Math.Max(arrival, last + 1));
            Assert.True(arrival - time <= 1_100_000_000, $"package {i} is {arrival - time} ns behind");
            Assert.True(speed < 0.99 || arrival - time <= 250_000, $"package {i} is {arrival - time} ns behind");
            last = time;
        }
    }

    private static long Stamp(int i) => i * PeriodNanos;

    private static long Arrival(int i) => BornMonoNanos + Stamp(i) + DelayNanos;

    private List<long> Run(IEnumerable<(long Stamp, long Arrival)> packages, int skip)
    {
        var times = new List<long>();
        foreach (var (stamp, arrival) in packages)
        {
            times.Add(_clock.ToMono(stamp, arrival));
            Assert.True(times[^1] <= arrival + 100);
        }

        return times[skip..];
    }
}
