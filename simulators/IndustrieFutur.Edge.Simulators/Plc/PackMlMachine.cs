namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>The conveyor's states: which command leads where, and how long the passing ones last.</summary>
internal sealed class PackMlMachine
{
    /// <summary>Ticks that Starting, Stopping and Resetting last: a second, so that a 50 ms reader sees them.</summary>
    private const int PassingTicks = ConveyorPlc.TicksPerSecond;

    private int _ticks;

    public PackMlState State { get; private set; } = PackMlState.Resetting;

    public bool IsRunning => State == PackMlState.Execute;

    /// <summary>Does what is told where the state allows it; anything else is ignored, as by the real machine.</summary>
    public void Tell(PackMlCommand command)
    {
        var next = (command, State) switch
        {
            (PackMlCommand.Reset, PackMlState.Stopped) => PackMlState.Resetting,
            (PackMlCommand.Start, PackMlState.Idle) => PackMlState.Starting,
            (PackMlCommand.Stop, not (PackMlState.Stopped or PackMlState.Stopping or PackMlState.Aborted)) => PackMlState.Stopping,
            (PackMlCommand.Hold, PackMlState.Execute) => PackMlState.Held,
            (PackMlCommand.Unhold, PackMlState.Held) => PackMlState.Execute,
            (PackMlCommand.Abort, _) => PackMlState.Aborted,
            (PackMlCommand.Clear, PackMlState.Aborted) => PackMlState.Stopped,
            _ => State,
        };
        Enter(next);
    }

    public void Tick()
    {
        _ticks++;
        if (_ticks < PassingTicks)
        {
            return;
        }

        Enter(State switch
        {
            PackMlState.Resetting => PackMlState.Idle,
            PackMlState.Starting => PackMlState.Execute,
            PackMlState.Stopping => PackMlState.Stopped,
            _ => State,
        });
    }

    private void Enter(PackMlState next)
    {
        if (next != State)
        {
            State = next;
            _ticks = 0;
        }
    }
}
