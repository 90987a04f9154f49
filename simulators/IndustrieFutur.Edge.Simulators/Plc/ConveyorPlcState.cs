namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>What can be seen of the conveyor at one moment, whatever protocol shows it.</summary>
public readonly record struct ConveyorPlcState
{
    public PackMlState State { get; init; }

    public PackMlMode Mode { get; init; }

    /// <summary>The belt moves because it is told to: Execute.</summary>
    public bool IsRunning { get; init; }

    public bool IsPartAtEntry { get; init; }

    public bool IsPartAtExit { get; init; }

    /// <summary>A copy of a state; the guard's own circuit does not ask the PLC.</summary>
    public bool IsGuardClosed { get; init; }

    /// <summary>A copy of a state; the chain's own circuit does not ask the PLC.</summary>
    public bool IsEmergencyStopChainClosed { get; init; }

    public double SpeedMillimetresPerSecond { get; init; }

    public double SpeedSetpointMillimetresPerSecond { get; init; }

    public double MotorAmperes { get; init; }

    public double MotorDegrees { get; init; }

    public uint Total { get; init; }

    public uint Good { get; init; }

    public uint Rejected { get; init; }

    /// <summary>0: none.</summary>
    public ushort FaultCode { get; init; }

    /// <summary>Bit 0 red, 1 yellow, 2 green, 3 blue, 4 buzzer.</summary>
    public ushort StackLight { get; init; }

    public ushort Heartbeat { get; init; }
}
