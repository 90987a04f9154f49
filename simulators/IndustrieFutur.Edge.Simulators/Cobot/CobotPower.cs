using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The arm's power and brakes: on and off by a person only, and each step takes its time.</summary>
internal sealed class CobotPower
{
    private const int PowerOnTicks = 2 * SimulatedTime.TicksPerSecond;
    private const int BrakeTicks = SimulatedTime.TicksPerSecond;

    private int _ticksLeft;
    private RobotMode _next = RobotMode.Running;

    public RobotMode Mode { get; private set; } = RobotMode.Running;

    public bool IsOn => Mode >= RobotMode.PowerOn;

    public JointMode JointMode => Mode switch
    {
        RobotMode.Running => JointMode.Running,
        RobotMode.PowerOff => JointMode.PowerOff,
        _ => JointMode.Idle,
    };

    /// <summary>Power for the drives; the brakes stay on. False: it is on already.</summary>
    public bool TurnOn()
    {
        if (Mode != RobotMode.PowerOff)
        {
            return false;
        }

        Mode = RobotMode.PowerOn;
        Go(RobotMode.Idle, PowerOnTicks);
        return true;
    }

    /// <summary>False: the arm is not idle.</summary>
    public bool ReleaseBrakes()
    {
        if (Mode != RobotMode.Idle || _next != RobotMode.Idle)
        {
            return false;
        }

        Go(RobotMode.Running, BrakeTicks);
        return true;
    }

    public void TurnOff()
    {
        Mode = RobotMode.PowerOff;
        Go(RobotMode.PowerOff, 0);
    }

    /// <summary>One tick; true when the mode has changed by it.</summary>
    public bool Tick()
    {
        if (Mode == _next || --_ticksLeft > 0)
        {
            return false;
        }

        Mode = _next;
        return true;
    }

    private void Go(RobotMode next, int ticks)
    {
        _next = next;
        _ticksLeft = ticks;
    }
}
