using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Tests.Simulators.Cell;

/// <summary>One seed, one order of ticks, one journal: whatever the speed of the wall.</summary>
public sealed class SimulationClockTests
{
    [Fact]
    public void The_same_seed_writes_the_same_journal_at_any_speed()
    {
        Assert.Equal(JournalOf(1, ticks => ticks.Step(500)), JournalOf(1, Run));
        Assert.NotEqual(JournalOf(1, ticks => ticks.Step(500)), JournalOf(2, ticks => ticks.Step(500)));
    }

    [Fact]
    public void Devices_tick_in_the_order_in_which_they_came()
    {
        var journal = new Journal();
        using var clock = new SimulationClock();
        clock.Add(new Dice("b", 1, journal));
        clock.Add(new Dice("a", 1, journal));

        clock.Step(1);

        Assert.Equal(["00000.002 b", "00000.002 a"], journal.Lines.Select(line => line[..11]));
    }

    [Fact]
    public void A_device_more_leaves_the_chance_of_the_others_alone()
    {
        var alone = new Journal();
        using var one = new SimulationClock();
        one.Add(new Dice("a", 7, alone));
        one.Step(20);
        var both = new Journal();
        using var two = new SimulationClock();
        two.Add(new Dice("b", 7, both));
        two.Add(new Dice("a", 7, both));
        two.Step(20);

        Assert.Equal(alone.Lines, both.Lines.Where(line => line.Contains(" a ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_clock_that_runs_takes_no_device_more()
    {
        using var clock = new SimulationClock();
        clock.Start();

        Assert.Throws<InvalidOperationException>(() => clock.Add(new Dice("late", 1, new Journal())));
    }

    [Fact]
    public void A_clock_that_is_to_end_passes_its_last_tick_and_no_other()
    {
        var journal = new Journal();
        using var clock = new SimulationClock(20);
        clock.Add(new Dice("a", 1, journal));

        clock.Start(123);

        Assert.True(clock.Over.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)));
        Assert.Equal(123, clock.Now.Tick);
        Assert.Equal(123, journal.Lines.Count);
    }

    private static void Run(SimulationClock clock)
    {
        clock.Start();
        Assert.True(SpinWait.SpinUntil(() => clock.Now.Tick >= 500, TimeSpan.FromSeconds(20)));
    }

    private static string[] JournalOf(int seed, Action<SimulationClock> run)
    {
        var journal = new Journal();
        using (var clock = new SimulationClock(speed: 20))
        {
            clock.Add(new Dice("a", seed, journal));
            clock.Add(new Dice("b", seed, journal));
            run(clock);
        }

        return [.. journal.Lines.Take(1_000)];
    }

    /// <summary>Journals a number of its own chance in each tick.</summary>
    private sealed class Dice(string id, int seed, Journal journal) : ISimulatedDevice
    {
        private readonly Random _random = SeededRandom.For(seed, id);

        public string Id => id;

        public void Tick(in SimulatedTime now) => journal.Write(now, id, $"threw {_random.Next(1_000_000)}");
    }
}
