namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// What the tool meets: the part that it holds or loses, the push of the torque driver, and the digital lines between the arm and the
/// devices around it.
/// </summary>
internal sealed class CobotTool(Random random)
{
    /// <summary>Digital input 0: a part waits at the conveyor's end.</summary>
    public const ulong PartThere = 1 << 0;

    /// <summary>Digital output 0: the gripper is to close.</summary>
    public const ulong GripperClose = 1 << 0;

    /// <summary>Digital output 1: the scale is to weigh.</summary>
    public const ulong Weigh = 1 << 1;

    /// <summary>Digital output 2: the torque driver is to tighten.</summary>
    public const ulong Tighten = 1 << 2;

    private const double PartKilograms = 1.2;
    private const double PartSpread = 0.02;

    /// <summary>A part comes a little after the arm is home, by chance between these.</summary>
    private const double ArrivalSecondsMin = 0.2;
    private const double ArrivalSecondsMax = 0.8;

    /// <summary>The screwdriver sets down: 40 N more than the weight, for 0.4 s, a quarter of a second into the phase.</summary>
    private const double PushNewtons = 40;
    private const double PushFromSeconds = 0.25;
    private const double PushSeconds = 0.4;

    /// <summary>N.m about the vertical: the screw's resistance that the fixture does not take.</summary>
    private const double TwistMax = 2;
    private const double TwistSeconds = 1.2;

    private double _arrivalSeconds;
    private double _nextKilograms = PartKilograms;
    private bool _isLost;

    public ulong Inputs { get; private set; }

    public ulong Outputs { get; private set; }

    /// <summary>Parts come by themselves; false: the conveyor is empty.</summary>
    public bool PartsCome { get; set; } = true;

    /// <summary>What the gripper holds now, kg; 0 when it is empty.</summary>
    public double HeldKilograms { get; private set; }

    /// <summary>The part that is being handled, held or not.</summary>
    public double Kilograms => _nextKilograms;

    public bool IsPartThere => (Inputs & PartThere) != 0;

    /// <summary>Slipped, or missed: the gripper is empty until it closes again.</summary>
    public void Lose()
    {
        _isLost = true;
        HeldKilograms = 0;
    }

    /// <summary>Another phase has begun.</summary>
    public void Enter(CobotPhase phase)
    {
        switch (phase)
        {
            case CobotPhase.MovingToStart:
                Open();
                break;
            case CobotPhase.Waiting:
                _arrivalSeconds = ArrivalSecondsMin + ((ArrivalSecondsMax - ArrivalSecondsMin) * random.NextDouble());
                break;
            case CobotPhase.Gripping:
                Outputs |= GripperClose;
                _isLost = false;
                break;
            case CobotPhase.MovingToScale:
                Take();
                break;
            case CobotPhase.Returning:
                Open();
                break;
            default:
                break;
        }

        Outputs &= ~(Weigh | Tighten);
        Outputs |= phase switch
        {
            CobotPhase.Weighing => Weigh,
            CobotPhase.Tightening => Tighten,
            _ => 0,
        };
    }

    /// <summary>One tick: a part may come.</summary>
    public void Tick(CobotPhase phase, double phaseSeconds)
    {
        if (phase == CobotPhase.Waiting && PartsCome && !IsPartThere && phaseSeconds >= _arrivalSeconds)
        {
            _nextKilograms = PartKilograms + (PartSpread * ((2 * random.NextDouble()) - 1));
            Inputs |= PartThere;
        }
    }

    /// <summary>What pushes the tool in a phase: N, then N.m, seen from the base.</summary>
    public static Vector6 Contact(CobotPhase phase, double phaseSeconds)
    {
        Vector6 contact = default;
        if (phase != CobotPhase.Tightening)
        {
            return contact;
        }

        var part = (phaseSeconds - PushFromSeconds) / PushSeconds;
        contact[2] = part is > 0 and < 1 ? PushNewtons * Math.Pow(Math.Sin(Math.PI * part), 2) : 0;
        contact[5] = phaseSeconds is > PushFromSeconds and < TwistSeconds
            ? TwistMax * (phaseSeconds - PushFromSeconds) / (TwistSeconds - PushFromSeconds)
            : 0;
        return contact;
    }

    private void Open()
    {
        Outputs &= ~GripperClose;
        HeldKilograms = 0;
    }

    /// <summary>The part leaves the conveyor with the gripper, unless that missed it.</summary>
    private void Take()
    {
        if (_isLost)
        {
            return;
        }

        HeldKilograms = _nextKilograms;
        Inputs &= ~PartThere;
    }
}
