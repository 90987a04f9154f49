namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>What stands in the three registers that a robot writes, from 1000 on (Robotiq 2F-85).</summary>
internal readonly struct GripperRequest(ReadOnlySpan<ushort> registers)
{
    private readonly ushort _action = registers[0];

    /// <summary>rPR: 0 open to 255 closed.</summary>
    public byte Position { get; } = (byte)registers[1];

    /// <summary>rSP.</summary>
    public byte Speed { get; } = (byte)(registers[2] >> 8);

    /// <summary>rFR.</summary>
    public byte Force { get; } = (byte)registers[2];

    /// <summary>rACT.</summary>
    public bool Activates => (_action & 0x0100) != 0;

    /// <summary>rGTO.</summary>
    public bool GoesTo => (_action & 0x0800) != 0;

    /// <summary>rATR: open slowly and do nothing more, whatever the position asked for.</summary>
    public bool Releases => (_action & 0x1000) != 0;
}
