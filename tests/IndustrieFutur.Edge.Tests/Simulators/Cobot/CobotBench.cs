using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>An arm on a clock that a test steps, without the protective stops of chance unless they are asked for.</summary>
internal sealed class CobotBench : IDisposable
{
    private readonly SimulationClock _clock = new();

    public CobotBench(CobotSettings? settings = null)
    {
        Arm = new CobotArm(settings ?? new CobotSettings { MinutesBetweenProtectiveStops = 0 }, Journal);
        _clock.Add(Arm);
    }

    public CobotArm Arm { get; }

    public Journal Journal { get; } = new();

    public CobotState State
    {
        get
        {
            Arm.Read(out var state);
            return state;
        }
    }

    public void Dispose() => _clock.Dispose();

    public void Step(int ticks = 1) => _clock.Step(ticks);

    public void StepSeconds(double seconds) => Step((int)(seconds * SimulatedTime.TicksPerSecond));

    public void StepTo(Func<CobotState, bool> isReached)
    {
        for (var i = 0; i < 60 * SimulatedTime.TicksPerSecond; i++)
        {
            Step();
            if (isReached(State))
            {
                return;
            }
        }

        Assert.Fail($"not reached within a minute; {string.Join('\n', Journal.Lines.TakeLast(5))}");
    }

    public void StepTo(CobotPhase phase) => StepTo(state => state.Phase == phase);

    /// <summary>Every tick's state for some seconds.</summary>
    public IEnumerable<CobotState> Watch(double seconds)
    {
        for (var i = 0; i < seconds * SimulatedTime.TicksPerSecond; i++)
        {
            Step();
            yield return State;
        }
    }
}
