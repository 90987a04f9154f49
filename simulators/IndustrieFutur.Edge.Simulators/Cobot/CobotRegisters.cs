using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The arm as its Modbus server shows it: the register map that Universal Robots publishes, one moment for a whole request. What the map leaves
/// out does not exist (exception 2). Only the general-purpose registers and inputs can be written: the outputs belong to the arm's program.
/// </summary>
internal sealed class CobotRegisters(CobotArm arm) : IModbusDevice
{
    private const int GeneralFirst = 128;
    private const int GeneralCount = 128;
    private const int InputBitsFirst = 300;
    private const int OutputBitsFirst = 500;
    private const int GeneralBits = 128;
    private const int Latch = 2048;

    private readonly ushort[] _general = new ushort[GeneralCount];
    private readonly bool[] _inputBits = new bool[GeneralBits];
    private CobotState _state;
    private long _latchedMillis;

    /// <inheritdoc/>
    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        arm.Read(out _state);
        var isBit = table is ModbusTable.Coils or ModbusTable.DiscreteInputs;
        for (var i = 0; i < values.Length; i++)
        {
            if ((isBit ? Bit(start + i) : Register(start + i)) is not { } value)
            {
                return false;
            }

            // Two's complement where a figure can be negative.
            values[i] = unchecked((ushort)value);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        if (table == ModbusTable.HoldingRegisters && start >= GeneralFirst && start + values.Length <= GeneralFirst + GeneralCount)
        {
            values.CopyTo(_general.AsSpan(start - GeneralFirst));
            return true;
        }

        if (table == ModbusTable.Coils && start >= InputBitsFirst && start + values.Length <= InputBitsFirst + GeneralBits)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _inputBits[start - InputBitsFirst + i] = values[i] != 0;
            }

            return true;
        }

        return table == ModbusTable.HoldingRegisters && start == Latch && values.Length == 1 && TakeTime();
    }

    /// <inheritdoc/>
    public string? Identify(byte objectId) => objectId switch
    {
        0 => "IndustrieFutur",
        1 => "CELL-SIM-COBOT",
        2 => CobotIdentity.Version,
        _ => null,
    };

    private long? Register(int address) => address switch
    {
        0 => (long)_state.ActualDigitalInputBits & 0x3FF,
        1 => (long)_state.ActualDigitalOutputBits & 0x3FF,
        2 or 3 or 32 or 33 => 0,
        >= 4 and <= 11 => AnalogInput(address),
        16 => Analog(_state.StandardAnalogOutput0, Domain(2)),
        18 => Analog(_state.StandardAnalogOutput1, Domain(3)),
        17 => Domain(2),
        19 => Domain(3),
        20 => _state.ToolOutputVoltage,
        21 => (long)(_state.ActualDigitalInputBits >> 16) & 3,
        22 => (long)(_state.ActualDigitalOutputBits >> 16) & 3,
        >= 24 and <= 29 => 0,
        30 => (long)(_state.ActualDigitalInputBits >> 8) & 0xFF,
        31 => (long)(_state.ActualDigitalOutputBits >> 8) & 0xFF,
        >= GeneralFirst and < GeneralFirst + GeneralCount => _general[address - GeneralFirst],
        256 => CobotIdentity.Major,
        257 => CobotIdentity.Minor,
        258 => (long)_state.RobotMode,
        >= 260 and <= 265 => Flag(address),
        266 => (long)_state.SafetyMode,
        >= 270 and <= 325 => Joint(address),
        >= 400 and <= 425 => Tool(address),
        450 => Thousandth(_state.ActualRobotCurrent),
        451 => Thousandth(_state.IoCurrent),
        768 => _state.ToolMode,
        769 => (long)Math.Round(_state.ToolTemperature),
        770 => Thousandth(_state.ToolOutputCurrent),
        >= Latch and <= Latch + 5 => Time(address - Latch),
        _ => null,
    };

    private long? Bit(int address) => address switch
    {
        < 16 => Of(_state.ActualDigitalInputBits, address),
        < 32 => Of(_state.ActualDigitalOutputBits, address - 16),
        < 64 => 0,
        >= 128 and < 136 => Of(_state.ActualDigitalInputBits, address - 128 + 8),
        >= 136 and < 144 => Of(_state.ActualDigitalOutputBits, address - 136 + 8),
        >= 260 and <= 265 => Flag(address),
        >= InputBitsFirst and < InputBitsFirst + GeneralBits => _inputBits[address - InputBitsFirst] ? 1 : 0,
        >= OutputBitsFirst and < OutputBitsFirst + GeneralBits => OutputBit(address - OutputBitsFirst),
        _ => null,
    };

    private long OutputBit(int bit) => bit switch
    {
        < 32 => Of(_state.OutputBitRegisters0To31, bit),
        < 64 => Of(_state.OutputBitRegisters32To63, bit - 32),
        _ => Of(_state.OutputBitRegisters64To127, bit - 64),
    };

    /// <summary>Even addresses the value, odd ones the domain: 0 current, 1 voltage.</summary>
    private long AnalogInput(int address) => address switch
    {
        4 => Analog(_state.StandardAnalogInput0, Domain(0)),
        6 => Analog(_state.StandardAnalogInput1, Domain(1)),
        8 => Analog(_state.ToolAnalogInput0, ToolDomain(0)),
        10 => Analog(_state.ToolAnalogInput1, ToolDomain(1)),
        5 or 7 => Domain((address - 5) / 2),
        _ => ToolDomain((address - 9) / 2),
    };

    private long Domain(int channel) => (_state.AnalogIoTypes >> channel) & 1;

    private long ToolDomain(int channel) => (_state.ToolAnalogInputTypes >> channel) & 1;

    private long Flag(int address) => address switch
    {
        260 => _state.RobotStatusBits.HasFlag(RobotStatus.PowerOn) ? 1 : 0,
        261 => _state.SafetyStatusBits.HasFlag(SafetyStatus.ProtectiveStopped) ? 1 : 0,
        262 => _state.SafetyStatusBits.HasFlag(SafetyStatus.EmergencyStopped) ? 1 : 0,
        263 => _state.RobotStatusBits.HasFlag(RobotStatus.TeachButtonPressed) ? 1 : 0,
        264 => _state.RobotStatusBits.HasFlag(RobotStatus.PowerButtonPressed) ? 1 : 0,
        _ => _state.SafetyStatusBits.HasFlag(SafetyStatus.StoppedDueToSafety) ? 1 : 0,
    };

    /// <summary>
    /// An angle is told as its rest from 0 to a turn and the number of whole turns, downwards: angle = turns * 2 pi + rest. How the maker
    /// signs the two is not documented where we looked.
    /// </summary>
    private long? Joint(int address)
    {
        var (row, joint) = (address / 10 * 10, address % 10);
        if (joint >= ArmModel.Joints)
        {
            return null;
        }

        var turns = Math.Floor(_state.ActualQ[joint] / Math.Tau);
        return row switch
        {
            270 => Thousandth(_state.ActualQ[joint] - (turns * Math.Tau)),
            280 => Thousandth(_state.ActualQd[joint]),
            290 => Thousandth(_state.ActualCurrent[joint]),
            300 => (long)Math.Round(_state.JointTemperatures[joint]),
            310 => _state.JointMode[joint],
            _ => (long)turns,
        };
    }

    private long? Tool(int address)
    {
        var axis = address % 10;
        return (address / 10, axis) switch
        {
            (_, >= 6) => null,
            (40, < 3) => (long)Math.Round(_state.ActualTcpPose[axis] * 10_000),
            (40, _) => Thousandth(_state.ActualTcpPose[axis]),
            (41, _) => Thousandth(_state.ActualTcpSpeed[axis]),
            _ => Thousandth(_state.TcpOffset[axis]),
        };
    }

    /// <summary>Written to, the latch keeps the time since the start, so that its parts belong together.</summary>
    private bool TakeTime()
    {
        arm.Read(out _state);
        _latchedMillis = (long)Math.Round(_state.Timestamp * 1000);
        return true;
    }

    private long Time(int part) => part switch
    {
        0 => 0,
        1 => _latchedMillis % 1000,
        2 => _latchedMillis / 1000 % 60,
        3 => _latchedMillis / 60_000 % 60,
        4 => _latchedMillis / 3_600_000 % 24,
        _ => _latchedMillis / 86_400_000,
    };

    /// <summary>rad, m, A to mrad, mm, mA.</summary>
    private static long Thousandth(double value) => (long)Math.Round(value * 1000);

    /// <summary>0 to 10 V or 0 to 20 mA as the whole of 16 bits.</summary>
    private static long Analog(double value, long isVoltage) =>
        (long)Math.Clamp(Math.Round(value / (isVoltage != 0 ? 10 : 0.02) * ushort.MaxValue), 0, ushort.MaxValue);

    private static long Of(ulong bits, int bit) => (long)(bits >> bit) & 1;
}
