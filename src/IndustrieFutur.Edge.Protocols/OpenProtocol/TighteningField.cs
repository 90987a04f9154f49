namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>One value of a tightening result (MID 0061, revision 1): its first character, counted from 1 as the specification does, and its width.</summary>
/// <param name="Position">Of the value; its two-digit parameter number stands before it.</param>
/// <param name="Width">In characters.</param>
/// <param name="Parameter">That number.</param>
public readonly record struct TighteningField(int Position, int Width, int Parameter)
{
    /// <summary>Header and data of a whole result.</summary>
    public const int MessageBytes = 231;

    public static readonly TighteningField CellId = new(23, 4, 1);
    public static readonly TighteningField Channel = new(29, 2, 2);
    public static readonly TighteningField Controller = new(33, 25, 3);
    public static readonly TighteningField Vin = new(60, 25, 4);
    public static readonly TighteningField Job = new(87, 2, 5);
    public static readonly TighteningField ParameterSet = new(91, 3, 6);
    public static readonly TighteningField BatchSize = new(96, 4, 7);
    public static readonly TighteningField BatchCounter = new(102, 4, 8);

    /// <summary>0 NOK, 1 OK.</summary>
    public static readonly TighteningField Ok = new(108, 1, 9);

    /// <summary>0 low, 1 OK, 2 high.</summary>
    public static readonly TighteningField TorqueStatus = new(111, 1, 10);

    /// <summary>0 low, 1 OK, 2 high.</summary>
    public static readonly TighteningField AngleStatus = new(114, 1, 11);
    public static readonly TighteningField TorqueMin = new(117, 6, 12);
    public static readonly TighteningField TorqueMax = new(125, 6, 13);
    public static readonly TighteningField TorqueTarget = new(133, 6, 14);

    /// <summary>Hundredths of a newton metre, as all torques.</summary>
    public static readonly TighteningField Torque = new(141, 6, 15);
    public static readonly TighteningField AngleMin = new(149, 5, 16);
    public static readonly TighteningField AngleMax = new(156, 5, 17);
    public static readonly TighteningField AngleTarget = new(163, 5, 18);

    /// <summary>Degrees, as all angles.</summary>
    public static readonly TighteningField Angle = new(170, 5, 19);

    /// <summary>The controller's local time, YYYY-MM-DD:HH:MM:SS, without zone.</summary>
    public static readonly TighteningField Time = new(177, 19, 20);
    public static readonly TighteningField ParameterSetTime = new(198, 19, 21);
    public static readonly TighteningField BatchStatus = new(219, 1, 22);

    /// <summary>Unique at its controller: what a result is known by when it comes a second time.</summary>
    public static readonly TighteningField Id = new(222, 10, 23);

    private static readonly TighteningField[] All =
    [
        CellId, Channel, Controller, Vin, Job, ParameterSet, BatchSize, BatchCounter, Ok, TorqueStatus, AngleStatus, TorqueMin, TorqueMax,
        TorqueTarget, Torque, AngleMin, AngleMax, AngleTarget, Angle, Time, ParameterSetTime, BatchStatus, Id,
    ];

    /// <summary>Whether a message can be a result: as long as one, with the number of each value before it.</summary>
    public static bool AreIn(ReadOnlySpan<byte> message)
    {
        if (message.Length < MessageBytes)
        {
            return false;
        }

        foreach (var field in All)
        {
            if (!OpenProtocolText.TryNumber(message.Slice(field.Position - 3, 2), out var number) || number != field.Parameter)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value's characters in a whole message.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Position - 1, Width);

    /// <summary>Writes a number, with its parameter number before it, into a whole message.</summary>
    public void Write(Span<byte> message, long value)
    {
        OpenProtocolText.Digits(Parameter, message.Slice(Position - 3, 2));
        OpenProtocolText.Digits(value, message.Slice(Position - 1, Width));
    }

    /// <summary>Writes a text, with its parameter number before it, into a whole message.</summary>
    public void Write(Span<byte> message, string value)
    {
        OpenProtocolText.Digits(Parameter, message.Slice(Position - 3, 2));
        OpenProtocolText.Text(value, message.Slice(Position - 1, Width));
    }
}
