namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>Two fingers with a nominal stroke of 85 mm, seen as their position of 0, open, to 255, closed; and what lies between them.</summary>
internal sealed class GripperFingers
{
    public const double StrokeMillimetres = 85;

    private const double Closed = 255;
    private const double CountsPerMillimetre = Closed / StrokeMillimetres;

    /// <summary>The slowest and the fastest that the data sheet names, in millimetres a second.</summary>
    private const double SpeedMin = 20;
    private const double SpeedMax = 150;

    private double _counts;

    /// <summary>gPO.</summary>
    public byte Position => (byte)Math.Round(_counts);

    /// <summary>Width of the part between them; null: none.</summary>
    public double? PartMillimetres { get; set; }

    /// <summary>The part is held: they closed on it and have not opened.</summary>
    public bool Holds { get; private set; }

    /// <summary>Moves for a scan towards a position, no further than the part allows, and says what they met.</summary>
    public GripperObject Move(double target, byte speed)
    {
        var step = (SpeedMin + ((SpeedMax - SpeedMin) * speed / byte.MaxValue)) * CountsPerMillimetre / RobotiqGripper.ScansPerSecond;
        return target >= _counts ? Close(target, step) : Open(target, step);
    }

    /// <summary>The part is gone, slipped or let go.</summary>
    public void LosePart()
    {
        PartMillimetres = null;
        Holds = false;
    }

    private GripperObject Close(double target, double step)
    {
        var contact = PartMillimetres is { } part ? Closed - (part * CountsPerMillimetre) : double.PositiveInfinity;
        _counts = Math.Min(_counts + step, Math.Min(target, Math.Max(contact, _counts)));
        Holds = _counts >= contact;
        if (Holds)
        {
            return GripperObject.ContactClosing;
        }

        return _counts < target ? GripperObject.Moving : GripperObject.AtPosition;
    }

    private GripperObject Open(double target, double step)
    {
        _counts = Math.Max(_counts - step, target);
        if (Holds)
        {
            LosePart();
        }

        return _counts > target ? GripperObject.Moving : GripperObject.AtPosition;
    }
}
