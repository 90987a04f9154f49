using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The program as it runs: which step, how far, and how fast its own time passes. Every stop slows that time down by a ramp, so the arm stays on
/// its path however it is stopped, and goes on from there.
/// </summary>
internal sealed class CobotProgram
{
    /// <summary>From standstill to full speed, when it is played.</summary>
    public const double StartSeconds = 0.4;

    /// <summary>From full speed to standstill for a pause or a stop that a person asked for.</summary>
    public const double NormalStopSeconds = 0.4;

    /// <summary>For a protective or safeguard stop: stop category 2 (IEC 60204-1), the power stays.</summary>
    public const double ProtectiveStopSeconds = 0.25;

    /// <summary>For an emergency stop: stop category 1.</summary>
    public const double EmergencyStopSeconds = 0.15;

    private const double TickSeconds = 1.0 / SimulatedTime.TicksPerSecond;

    /// <summary>How fast the speed slider takes hold: all the way in a second.</summary>
    private const double OverridePerTick = TickSeconds;

    /// <summary>Times are sums of ticks; below this a step is over.</summary>
    private const double Rounding = 1e-9;

    private CobotStep _step = PickAndPlace.ToStart(PickAndPlace.Home);
    private JointMotion _target = new() { Q = PickAndPlace.Home };
    private Slope _gate;
    private Slope _override = new() { Value = 1 };
    private double _rampSeconds = StartSeconds;
    private double _stepSeconds;
    private double _rate;
    private int _next;

    public string? Loaded { get; private set; }

    public RuntimeState State { get; private set; } = RuntimeState.Stopped;

    public CobotPhase Phase { get; private set; }

    /// <summary>The program's own time since the phase began.</summary>
    public double PhaseSeconds { get; private set; }

    public int Cycles { get; private set; }

    public bool IsRunning => State is RuntimeState.Playing or RuntimeState.Resuming;

    public bool IsAtRest => _gate.Value == 0;

    /// <summary>It is under way and its step is a move.</summary>
    public bool IsMoving => !IsAtRest && _step.IsMove;

    /// <summary>How fast a move's time passes, 0 to 1.</summary>
    public double Rate => _rate;

    public ref readonly JointMotion Target => ref _target;

    /// <summary>False: it is under way.</summary>
    public bool Load(string name)
    {
        if (State != RuntimeState.Stopped)
        {
            return false;
        }

        Loaded = name;
        return true;
    }

    /// <summary>From the start when it was stopped, from where it is when it was paused. False: there is nothing to start.</summary>
    public bool Play()
    {
        if (Loaded is null || State is not (RuntimeState.Stopped or RuntimeState.Paused))
        {
            return false;
        }

        if (State == RuntimeState.Stopped)
        {
            Begin(PickAndPlace.ToStart(_target.Q), 0);
            State = RuntimeState.Playing;
        }
        else
        {
            State = RuntimeState.Resuming;
        }

        _rampSeconds = StartSeconds;
        return true;
    }

    /// <summary>False: it does not run.</summary>
    public bool Pause(double rampSeconds)
    {
        if (!IsRunning)
        {
            Hasten(rampSeconds);
            return false;
        }

        State = RuntimeState.Pausing;
        _rampSeconds = rampSeconds;
        return true;
    }

    /// <summary>False: it is stopped or about to be.</summary>
    public bool Stop(double rampSeconds)
    {
        if (State is RuntimeState.Stopped or RuntimeState.Stopping)
        {
            Hasten(rampSeconds);
            return false;
        }

        _rampSeconds = State == RuntimeState.Pausing ? Math.Min(_rampSeconds, rampSeconds) : rampSeconds;
        State = RuntimeState.Stopping;
        return true;
    }

    /// <summary>One tick.</summary>
    /// <param name="speed">The speed that is wanted and allowed, 0 to 1.</param>
    /// <param name="isPartThere">A part waits at the conveyor's end.</param>
    public void Tick(double speed, bool isPartThere)
    {
        var (gate, rate) = (_gate.Value, _rate);
        _gate.Approach(IsRunning ? 1 : 0, TickSeconds / _rampSeconds);
        _override.Approach(speed, OverridePerTick);
        _rate = _gate.Value * _override.Value;
        var passed = TickSeconds / 2 * (_step.IsMove ? rate + _rate : gate + _gate.Value);
        if (Phase != CobotPhase.None && passed > 0)
        {
            Advance(passed, isPartThere);
        }

        _step.At(_stepSeconds, _rate, (_rate - rate) / TickSeconds, ref _target);
        Settle();
    }

    private void Advance(double seconds, bool isPartThere)
    {
        PhaseSeconds += seconds;
        _stepSeconds += seconds;
        if (_stepSeconds < _step.Seconds - Rounding || (_step.Phase == CobotPhase.Waiting && !isPartThere))
        {
            return;
        }

        if (_next == PickAndPlace.Steps.Length)
        {
            Cycles++;
            _next = 0;
        }

        Begin(PickAndPlace.Steps[_next], _next + 1);
    }

    private void Begin(in CobotStep step, int next)
    {
        _step = step;
        _stepSeconds = 0;
        _next = next;
        if (step.Phase != Phase)
        {
            Phase = step.Phase;
            PhaseSeconds = 0;
        }
    }

    private void Settle()
    {
        if (State == RuntimeState.Resuming && _gate.Value == 1)
        {
            State = RuntimeState.Playing;
        }
        else if (State == RuntimeState.Pausing && IsAtRest)
        {
            State = RuntimeState.Paused;
        }
        else if (State == RuntimeState.Stopping && IsAtRest)
        {
            State = RuntimeState.Stopped;
            Phase = CobotPhase.None;
            PhaseSeconds = 0;
        }
    }

    /// <summary>A stop under way becomes a harder one, never a softer one.</summary>
    private void Hasten(double rampSeconds) => _rampSeconds = Math.Min(_rampSeconds, rampSeconds);
}
