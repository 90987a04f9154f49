using IndustrieFutur.Edge.Drivers.Rtde;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>What is missing is told by the steps of the timestamp, whatever the controller's true rate.</summary>
public sealed class RtdeStepsTests
{
    private const long CycleNanos = 2_000_000;

    private readonly RtdeSteps _steps = new();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(500)]
    public void Even_steps_of_any_length_miss_nothing(int cycles)
    {
        Assert.Equal(0, Sum(Enumerable.Range(0, 100), cycles));
        Assert.Equal(cycles * CycleNanos, _steps.PeriodNanos);
    }

    [Fact]
    public void Each_hole_is_as_long_as_it_is()
    {
        Sum(Enumerable.Range(0, 20), 4);

        Assert.Equal([1, 0, 7], new[] { 21, 22, 30 }.Select(number => _steps.Take(number * 4 * CycleNanos)));
    }

    [Fact]
    public void What_is_lost_while_the_period_is_learnt_is_counted_too()
    {
        Assert.Equal(5, Sum([0, 2, 4, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17], 1));
    }

    [Fact]
    public void A_jitter_of_the_timestamp_is_no_loss()
    {
        var random = new Random(1);

        Assert.Equal(0, Enumerable.Range(0, 1_000).Sum(number => _steps.Take((number * CycleNanos) + random.Next(-200_000, 200_000) + 1_000_000)));
    }

    [Fact]
    public void A_timestamp_that_goes_back_is_a_restart_and_all_is_learnt_anew()
    {
        Sum(Enumerable.Range(1_000, 50), 1);

        Assert.Equal(RtdeSteps.Restarted, _steps.Take(0));
        Assert.Equal(0, Sum(Enumerable.Range(1, 50), 4));
        Assert.Equal(4 * CycleNanos, _steps.PeriodNanos);
    }

    [Fact]
    public void A_controller_that_sends_faster_than_learnt_is_learnt_anew()
    {
        Sum(Enumerable.Range(0, 20), 4);

        Assert.Equal(0, Sum(Enumerable.Range(80, 50), 1));
        Assert.Equal(CycleNanos, _steps.PeriodNanos);
    }

    private long Sum(IEnumerable<int> numbers, int cycles) => numbers.Sum(number => _steps.Take(number * cycles * CycleNanos));
}
