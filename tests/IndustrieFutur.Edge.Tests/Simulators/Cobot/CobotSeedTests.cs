using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>One seed, one day: in the journal and in every figure, stepped or at the pace of a fast clock.</summary>
public sealed class CobotSeedTests
{
    private const int Ticks = 20_000;

    [Fact]
    public void The_same_seed_gives_the_same_day_at_any_speed()
    {
        var stepped = Day(7, clock => clock.Step(Ticks));
        var ran = Day(7, Run);

        Assert.Equal(stepped.Journal, ran.Journal);
        Assert.Equal(stepped.Figures, ran.Figures);
        Assert.Equal(Ticks, stepped.Figures.Count);
    }

    [Fact]
    public void Another_seed_gives_another_day()
    {
        var (one, other) = (Day(7, clock => clock.Step(Ticks)), Day(8, clock => clock.Step(Ticks)));

        Assert.NotEqual(one.Journal, other.Journal);
        Assert.NotEqual(one.Figures, other.Figures);
    }

    [Fact]
    public void Chance_stops_the_arm_now_and_then()
    {
        var journal = new Journal();
        using var clock = new SimulationClock();
        clock.Add(new CobotArm(new CobotSettings { Seed = 3, MinutesBetweenProtectiveStops = 0.5 }, journal));

        clock.Step(5 * 60 * SimulatedTime.TicksPerSecond);

        Assert.Single(journal.Lines, line => line.Contains("protective stop", StringComparison.Ordinal));
    }

    private static void Run(SimulationClock clock)
    {
        clock.Start();
        Assert.True(SpinWait.SpinUntil(() => clock.Now.Tick >= Ticks, TimeSpan.FromSeconds(60)));
    }

    private static (string Journal, List<double> Figures) Day(int seed, Action<SimulationClock> live)
    {
        using var text = new StringWriter();
        var arm = new CobotArm(new CobotSettings { Seed = seed }, new Journal(text));
        var probe = new Probe(arm, text);
        using (var clock = new SimulationClock(speed: 20))
        {
            clock.Add(arm);
            clock.Add(probe);
            live(clock);
        }

        return (probe.Journal, probe.Figures);
    }

    /// <summary>Sums up the figures of each tick, and keeps the journal's bytes as they were at the last.</summary>
    private sealed class Probe(CobotArm arm, StringWriter text) : ISimulatedDevice
    {
        public List<double> Figures { get; } = [];

        public string Journal { get; private set; } = string.Empty;

        public string Id => "probe";

        public void Tick(in SimulatedTime now)
        {
            if (now.Tick > Ticks)
            {
                return;
            }

            arm.Read(out var state);
            Figures.Add(
                Joints.List(state.ActualQ).Sum() + Joints.List(state.ActualCurrent).Sum() + Joints.List(state.ActualTcpForce).Sum()
                + Joints.List(state.JointTemperatures).Sum() + state.ActualExecutionTime + state.ActualRobotVoltage + state.ActualRobotEnergyConsumed);
            if (now.Tick == Ticks)
            {
                Journal = text.ToString();
            }
        }
    }
}
