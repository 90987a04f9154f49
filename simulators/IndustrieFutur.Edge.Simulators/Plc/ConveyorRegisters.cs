using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>The conveyor as Modbus shows it: five discrete inputs, nineteen input registers, four holding registers; what is beyond does not exist.</summary>
internal sealed class ConveyorRegisters
{
    public const string Name = "CONV-01";

    private const int DiscreteInputs = 5;
    private const int ModeRequestAt = 2;
    private const int CommandAt = 3;
    private const int NameAt = 15;

    private readonly byte[] _inputs = new byte[2 * 19];
    private readonly byte[] _holdings = new byte[2 * 4];
    private ConveyorPlcState _shown;

    public ConveyorRegisters(float setpoint, PackMlMode mode)
    {
        BinaryPrimitives.WriteSingleBigEndian(_holdings, setpoint);
        ModeRequest = mode;
        ModbusValue.EncodeText(Name, _inputs.AsSpan(2 * NameAt));
    }

    public float SpeedSetpoint
    {
        get => BinaryPrimitives.ReadSingleBigEndian(_holdings);
        set => BinaryPrimitives.WriteSingleBigEndian(_holdings, value);
    }

    public PackMlMode ModeRequest
    {
        get => (PackMlMode)BinaryPrimitives.ReadUInt16BigEndian(_holdings.AsSpan(2 * ModeRequestAt));
        set => BinaryPrimitives.WriteUInt16BigEndian(_holdings.AsSpan(2 * ModeRequestAt), (ushort)value);
    }

    /// <summary>What a client has written, once.</summary>
    public PackMlCommand TakeCommand()
    {
        var command = (PackMlCommand)BinaryPrimitives.ReadUInt16BigEndian(_holdings.AsSpan(2 * CommandAt));
        BinaryPrimitives.WriteUInt16BigEndian(_holdings.AsSpan(2 * CommandAt), 0);
        return command;
    }

    public void Show(in ConveyorPlcState state)
    {
        _shown = state;
        BinaryPrimitives.WriteSingleBigEndian(_inputs, (float)state.SpeedMillimetresPerSecond);
        Put(2, (ushort)Math.Round(state.MotorAmperes * 100));
        Put(3, (ushort)(short)Math.Round(state.MotorDegrees * 10));
        BinaryPrimitives.WriteUInt32BigEndian(_inputs.AsSpan(2 * 4), state.Total);
        BinaryPrimitives.WriteUInt32BigEndian(_inputs.AsSpan(2 * 6), state.Good);
        BinaryPrimitives.WriteUInt32BigEndian(_inputs.AsSpan(2 * 8), state.Rejected);
        Put(10, (ushort)state.State);
        Put(11, (ushort)state.Mode);
        Put(12, state.FaultCode);
        Put(13, state.StackLight);
        Put(14, state.Heartbeat);
    }

    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        switch (table)
        {
            case ModbusTable.DiscreteInputs when start + values.Length <= DiscreteInputs:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = Discrete(start + i) ? (ushort)1 : (ushort)0;
                }

                return true;
            case ModbusTable.InputRegisters:
                return TryCopy(_inputs, start, values);
            case ModbusTable.HoldingRegisters:
                return TryCopy(_holdings, start, values);
            default:
                return false;
        }
    }

    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        if (table != ModbusTable.HoldingRegisters || (2 * (start + values.Length)) > _holdings.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_holdings.AsSpan(2 * (start + i)), values[i]);
        }

        return true;
    }

    private static bool TryCopy(byte[] registers, int start, Span<ushort> values)
    {
        if (2 * (start + values.Length) > registers.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt16BigEndian(registers.AsSpan(2 * (start + i)));
        }

        return true;
    }

    private bool Discrete(int address) => address switch
    {
        0 => _shown.IsRunning,
        1 => _shown.IsPartAtEntry,
        2 => _shown.IsPartAtExit,
        3 => _shown.IsGuardClosed,
        _ => _shown.IsEmergencyStopChainClosed,
    };

    private void Put(int register, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(_inputs.AsSpan(2 * register), value);
}
