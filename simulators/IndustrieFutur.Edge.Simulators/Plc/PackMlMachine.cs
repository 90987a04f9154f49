namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>
/// The state machine of PackML as OPC 30050 draws it: which command leads where, and how long the acting states last. Execute is the one
/// acting state that ends by a command: the conveyor has no batch.
/// </summary>
internal sealed class PackMlMachine
{
    /// <summary>Scans that an acting state lasts: a second, so that a 50 ms reader sees each.</summary>
    private const int ActingScans = ConveyorPlc.ScansPerSecond;

    private int _scans;

    public PackMlState State { get; private set; } = PackMlState.Resetting;

    public PackMlMode Mode { get; private set; } = PackMlMode.Produce;

    public bool IsExecuting => State == PackMlState.Execute;

    /// <summary>The super-state Running: what Stop ends.</summary>
    private bool IsRunning => State is not (PackMlState.Stopped or PackMlState.Stopping or PackMlState.Clearing
        or PackMlState.Aborting or PackMlState.Aborted);

    /// <summary>The mode changes only where nothing is under way.</summary>
    private bool MayChangeMode => State is PackMlState.Stopped or PackMlState.Idle or PackMlState.Aborted;

    /// <summary>Whether the command means anything in this state.</summary>
    public bool Obeys(PackMlCommand command) => Next(command) != State;

    /// <summary>Does what is told where the state allows it; anything else is ignored, as by the real machine.</summary>
    public void Tell(PackMlCommand command) => Enter(Next(command));

    /// <summary>Takes another mode where it may; a mode that PackML does not know is ignored.</summary>
    public void RequestMode(PackMlMode mode)
    {
        if (MayChangeMode && mode is PackMlMode.Produce or PackMlMode.Maintenance or PackMlMode.Manual)
        {
            Mode = mode;
        }
    }

    /// <summary>Lets a scan pass: an acting state is complete after its time.</summary>
    public void Scan()
    {
        _scans++;
        if (_scans >= ActingScans)
        {
            Enter(Completed());
        }
    }

    private PackMlState Next(PackMlCommand command) => (command, State) switch
    {
        (PackMlCommand.Reset, PackMlState.Stopped or PackMlState.Complete) => PackMlState.Resetting,
        (PackMlCommand.Start, PackMlState.Idle) => PackMlState.Starting,
        (PackMlCommand.Stop, _) when IsRunning => PackMlState.Stopping,
        (PackMlCommand.Hold, PackMlState.Execute or PackMlState.Starting or PackMlState.Unholding
            or PackMlState.Suspending or PackMlState.Suspended or PackMlState.Unsuspending) => PackMlState.Holding,
        (PackMlCommand.Unhold, PackMlState.Held) => PackMlState.Unholding,
        (PackMlCommand.Suspend, PackMlState.Execute) => PackMlState.Suspending,
        (PackMlCommand.Unsuspend, PackMlState.Suspended) => PackMlState.Unsuspending,
        (PackMlCommand.Complete, PackMlState.Execute) => PackMlState.Completing,
        (PackMlCommand.Abort, not (PackMlState.Aborting or PackMlState.Aborted)) => PackMlState.Aborting,
        (PackMlCommand.Clear, PackMlState.Aborted) => PackMlState.Clearing,
        _ => State,
    };

    private PackMlState Completed() => State switch
    {
        PackMlState.Clearing => PackMlState.Stopped,
        PackMlState.Resetting => PackMlState.Idle,
        PackMlState.Starting or PackMlState.Unholding or PackMlState.Unsuspending => PackMlState.Execute,
        PackMlState.Stopping => PackMlState.Stopped,
        PackMlState.Aborting => PackMlState.Aborted,
        PackMlState.Holding => PackMlState.Held,
        PackMlState.Suspending => PackMlState.Suspended,
        PackMlState.Completing => PackMlState.Complete,
        _ => State,
    };

    private void Enter(PackMlState next)
    {
        if (next != State)
        {
            State = next;
            _scans = 0;
        }
    }
}
