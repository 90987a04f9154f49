using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>
/// The PLC of a conveyor as Modbus shows it: drive, photo-eyes, counters, PackML state, heartbeat. The same seed gives the same
/// day; time passes only by <see cref="Tick"/>.
/// </summary>
public sealed class ConveyorPlc : IModbusDevice
{
    /// <summary>A tick is 10 ms: the scan of a small PLC.</summary>
    public const int TicksPerSecond = 100;

    private const int HeartbeatTicks = TicksPerSecond / 2;
    private const float UsualSpeed = 250;
    private const double SpeedMax = 500;
    private const double DriveLagSeconds = 0.4;
    private const double HeatLagSeconds = 120;
    private const double AmbientDegrees = 22;

    /// <summary>A part jams about every two minutes, and somebody frees it after five seconds.</summary>
    private const int JamEveryTicks = 120 * TicksPerSecond;
    private const int JamTicks = 5 * TicksPerSecond;
    private const ushort JamCode = 17;
    private const ushort ProductionMode = 1;

    private readonly Random _random;
    private readonly PackMlMachine _machine = new();
    private readonly Conveyor _conveyor;
    private readonly byte[] _inputs = new byte[2 * 19];
    private readonly byte[] _holdings = new byte[2 * 4];
    private long _ticks;
    private double _speed;
    private double _current;
    private double _degrees = AmbientDegrees;
    private int _jamLeft;

    public ConveyorPlc(int seed)
    {
#pragma warning disable CA5394 // A conveyor that jams the same way for the same seed is the point.
        _random = new Random(seed);
#pragma warning restore CA5394
        _conveyor = new Conveyor(_random);
        BinaryPrimitives.WriteSingleBigEndian(_holdings, UsualSpeed);
        BinaryPrimitives.WriteUInt16BigEndian(_holdings.AsSpan(4), ProductionMode);
        ModbusValue.EncodeText("CONV-01", _inputs.AsSpan(30, 8));
        Show();
    }

    /// <summary>Lets 10 ms pass.</summary>
    public void Tick()
    {
        // The server locks the device for each request: a reader never sees half a tick.
        lock (this)
        {
            _ticks++;
            Obey();
            Jam();
            _machine.Tick();
            Drive();
            Show();
        }
    }

    /// <inheritdoc/>
    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        switch (table)
        {
            case ModbusTable.DiscreteInputs when start + values.Length <= 5:
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public string? Identify(byte objectId) => objectId switch
    {
        0 => "IndustrieFutur",
        1 => "CELL-SIM-PLC",
        2 => "1.0",
        3 => "https://industriefutur.example",
        4 => "Simulated conveyor PLC",
        5 => "CONV-01",
        6 => "Conveyor",
        _ => null,
    };

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

    /// <summary>A command is taken once and wiped; without one the conveyor starts by itself, so that a demonstration shows something.</summary>
    private void Obey()
    {
        var command = (PackMlCommand)BinaryPrimitives.ReadUInt16BigEndian(_holdings.AsSpan(6));
        if (command == PackMlCommand.None && _ticks == 2 * TicksPerSecond)
        {
            command = PackMlCommand.Start;
        }

        _machine.Tell(command);
        BinaryPrimitives.WriteUInt16BigEndian(_holdings.AsSpan(6), 0);
    }

    private void Jam()
    {
        if (_jamLeft > 0)
        {
            _jamLeft--;
            if (_jamLeft == 0)
            {
                _machine.Tell(PackMlCommand.Unhold);
            }

            return;
        }

        if (_machine.IsRunning && _random.Next(JamEveryTicks) == 0)
        {
            _jamLeft = JamTicks;
            _machine.Tell(PackMlCommand.Hold);
        }
    }

    private void Drive()
    {
        var wanted = BinaryPrimitives.ReadSingleBigEndian(_holdings);
        var target = _machine.IsRunning && float.IsFinite(wanted) ? Math.Clamp(wanted, 0, SpeedMax) : 0;
        _speed += (target - _speed) / (DriveLagSeconds * TicksPerSecond);
        _conveyor.Move(_speed / TicksPerSecond);
        var moves = _speed > 1 ? 1 : 0;
        _current = moves * (0.4 + (1.4 * _speed / UsualSpeed) + (0.12 * _conveyor.Parts) + (0.05 * _random.NextDouble()));
        var warm = AmbientDegrees + (12 * _current);
        _degrees += (warm - _degrees) / (HeatLagSeconds * TicksPerSecond);
    }

    private bool Discrete(int address) => address switch
    {
        0 => _machine.IsRunning,
        1 => _conveyor.AtEntry,
        2 => _conveyor.AtExit,

        // Guard closed and emergency-stop chain in order: nobody opens a simulated door.
        _ => true,
    };

    private void Show()
    {
        var ripple = _speed > 1 ? _random.NextDouble() - 0.5 : 0;
        BinaryPrimitives.WriteSingleBigEndian(_inputs, (float)(_speed + ripple));
        Put(2, (ushort)Math.Round(_current * 100));
        Put(3, (ushort)(short)Math.Round(_degrees * 10));
        BinaryPrimitives.WriteUInt32BigEndian(_inputs.AsSpan(8), _conveyor.Total);
        BinaryPrimitives.WriteUInt32BigEndian(_inputs.AsSpan(12), _conveyor.Good);
        BinaryPrimitives.WriteUInt32BigEndian(_inputs.AsSpan(16), _conveyor.Rejected);
        Put(10, (ushort)_machine.State);
        Put(11, BinaryPrimitives.ReadUInt16BigEndian(_holdings.AsSpan(4)));
        Put(12, _jamLeft > 0 ? JamCode : (ushort)0);
        Put(13, StackLight());
        Put(14, (ushort)(_ticks / HeartbeatTicks));
    }

    /// <summary>Bit 0 red, 1 yellow, 2 green.</summary>
    private ushort StackLight()
    {
        if (_jamLeft > 0 || _machine.State == PackMlState.Aborted)
        {
            return 0b001;
        }

        return _machine.IsRunning ? (ushort)0b100 : (ushort)0b010;
    }

    private void Put(int register, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(_inputs.AsSpan(2 * register), value);
}
