using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Tests.Core.Pacing;

/// <summary>The guard finds how long waking up takes in 99 of 100 cases, and stays within its bounds.</summary>
public sealed class SpinGuardTests
{
    [Theory]
    [InlineData(40_000)]
    [InlineData(80_000)]
    [InlineData(150_000)]
    public void It_learns_what_one_wake_up_in_a_hundred_exceeds(long latestNanos)
    {
        const int seed = 7;
        var random = new Random(seed);
        var guard = SpinGuard.Auto;
        for (var i = 0; i < 20_000; i++)
        {
            guard.Learn(random.NextInt64(latestNanos));
        }

        var late = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var wakeUp = random.NextInt64(latestNanos);
            late += wakeUp > guard.Nanos ? 1 : 0;
            guard.Learn(wakeUp);
        }

        // One in a hundred: between half and twice that.
        Assert.InRange(late, 50, 200);
    }

    [Fact]
    public void It_stays_between_20_and_200_microseconds()
    {
        var guard = SpinGuard.Auto;
        for (var i = 0; i < 10_000; i++)
        {
            guard.Learn(0);
        }

        Assert.Equal(20_000, guard.Nanos);
        for (var i = 0; i < 10_000; i++)
        {
            guard.Learn(50_000_000);
        }

        Assert.Equal(200_000, guard.Nanos);
    }

    [Fact]
    public void One_that_is_set_or_off_does_not_learn()
    {
        var (off, set) = (SpinGuard.Off, new SpinGuard(60_000));
        off.Learn(1_000_000);
        set.Learn(1_000_000);

        Assert.Equal(0, off.Nanos);
        Assert.Equal(60_000, set.Nanos);
    }

    [Fact]
    public void More_than_200_microseconds_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SpinGuard(200_001));
}
