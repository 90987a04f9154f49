using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Tests.Core.Pacing;

/// <summary>Deadlines under a clock that the test moves: off the kernel's tick, missed ones counted, never two ticks for one period.</summary>
public sealed class PaceGridTests
{
    private const long Millisecond = 1_000_000;
    private const long Start = 5_000_000_123;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(1_000)]
    public void No_deadline_lies_on_a_kernels_tick(int periodMillis)
    {
        var grid = new PaceGrid(periodMillis * Millisecond);
        var now = Start;
        for (var i = 0; i < 100; i++)
        {
            now = grid.Next(now);

            // HZ=1000, 250 and 100 have their ticks on whole milliseconds.
            Assert.Equal(250_000, now % Millisecond);
        }

        Assert.Equal(0, grid.Missed);
    }

    [Fact]
    public void The_first_deadline_is_near_and_nothing_before_it_was_missed()
    {
        var grid = new PaceGrid(10 * Millisecond);

        var first = grid.Next(Start);

        Assert.InRange(first, Start, Start + (20 * Millisecond));
        Assert.Equal(0, grid.Missed);
    }

    [Fact]
    public void Loops_of_one_machine_can_be_apart()
    {
        var first = new PaceGrid(10 * Millisecond);
        var second = new PaceGrid(10 * Millisecond, 300_000);

        Assert.Equal(300_000, (second.Next(Start) - first.Next(Start)) % (10 * Millisecond));
    }

    [Fact]
    public void A_delay_skips_what_it_took_and_no_burst_follows()
    {
        var grid = new PaceGrid(Millisecond);
        var before = grid.Next(Start);

        // The thread wakes up 3.7 periods late, and its work takes no time.
        var now = before + (37 * Millisecond / 10);
        var next = grid.Next(now);

        Assert.Equal(before + (4 * Millisecond), next);
        Assert.Equal(3, grid.Missed);
        Assert.Equal(next + Millisecond, grid.Next(next));
        Assert.Equal(3, grid.Missed);
    }

    [Fact]
    public void Whatever_the_delays_served_and_missed_make_up_the_time()
    {
        const int seed = 20_261;
        var random = new Random(seed);
        var grid = new PaceGrid(Millisecond);
        var now = Start;
        var first = grid.Next(now);
        var (last, served) = (first, 1L);
        for (var i = 0; i < 10_000; i++)
        {
            // Wake-up and work: mostly short, now and then a garbage collection of up to 40 periods.
            now = last + (random.Next(100) == 0 ? random.NextInt64(40 * Millisecond) : random.NextInt64(Millisecond));
            var deadline = grid.Next(now);

            Assert.True(deadline >= now, $"seed {seed}: a deadline that has passed was served");
            Assert.True(deadline - last >= Millisecond, $"seed {seed}: two ticks in one period");
            last = deadline;
            served++;
        }

        Assert.Equal((last - first) / Millisecond, served - 1 + grid.Missed);
    }

    [Fact]
    public void Work_that_ends_on_the_deadline_has_missed_nothing()
    {
        var grid = new PaceGrid(Millisecond);
        var first = grid.Next(Start);

        Assert.Equal(first + Millisecond, grid.Next(first + Millisecond));
        Assert.Equal(0, grid.Missed);
    }
}
