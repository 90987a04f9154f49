using System.Diagnostics;
using System.Net;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The simulated cobot and conveyor on a clock that runs twenty times as fast as the wall's: a protective stop may be released after 5 s of theirs. The
/// conveyor counts what it is told and notes when, whatever anybody else says of it.
/// </summary>
internal sealed class ReactionMachines : IModbusDevice, IDisposable
{
    private const double Speed = 20;
    private const int CommandRegister = 3;
    private const string Why = "the proof";

    private readonly Lock _gate = new();
    private readonly List<PackMlCommand> _told = [];
    private readonly SimulationClock _clock = new(Speed);
    private readonly Journal _journal = new();
    private readonly CobotArm _arm;
    private readonly RtdeServer _rtde;
    private readonly ConveyorPlc _conveyor;
    private readonly ModbusTcpListener _listener;
    private long _stopTimestamp;

    public ReactionMachines()
    {
        _arm = new CobotArm(new CobotSettings { MinutesBetweenProtectiveStops = 0 }, _journal);
        _conveyor = new ConveyorPlc(1, "conveyor", _journal) { StartsByItself = false };
        _rtde = new RtdeServer(_arm, new IPEndPoint(IPAddress.Loopback, 0));
        _listener = new ModbusTcpListener(this, 1, new IPEndPoint(IPAddress.Loopback, 0));
        _clock.Add(_arm);
        _clock.Add(_conveyor);
        _clock.Add(_rtde);
        _clock.Start();
    }

    public int RtdePort => _rtde.EndPoint.Port;

    public int ModbusPort => _listener.EndPoint.Port;

    public PackMlState State => _conveyor.State.State;

    public bool IsRunning => _conveyor.State.IsRunning;

    /// <summary>How often it was told to stop.</summary>
    public int StopsTold
    {
        get
        {
            lock (_gate)
            {
                return _told.Count(command => command == PackMlCommand.Stop);
            }
        }
    }

    /// <summary>When it was told so the last time.</summary>
    public long StopTimestamp => Volatile.Read(ref _stopTimestamp);

    /// <summary>How often it came to a stop, by its own journal.</summary>
    public int StopsDone => Journaled(" conveyor state Stopping");

    /// <summary>How often the arm stopped protectively, by its journal.</summary>
    public int ProtectiveStops => Journaled($"cobot protective stop: {Why}");

    /// <summary>The arm has hit something; returns when.</summary>
    public long StopProtectively()
    {
        var timestamp = Stopwatch.GetTimestamp();
        _arm.Surroundings.TriggerProtectiveStop(Why);
        return timestamp;
    }

    /// <summary>A person at the pendant inspects, acknowledges and plays on. False: it is too early.</summary>
    public bool TryRelease()
    {
        if (_arm.Pendant.Acknowledge() is not null)
        {
            return false;
        }

        // Refused while it still comes to rest, and when it plays already: neither matters here.
        _ = _arm.Pendant.Play();
        return true;
    }

    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        lock (_conveyor)
        {
            return _conveyor.TryRead(table, start, values);
        }
    }

    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        if (table == ModbusTable.HoldingRegisters && start == CommandRegister && values.Length == 1)
        {
            Note((PackMlCommand)values[0]);
        }

        lock (_conveyor)
        {
            return _conveyor.TryWrite(table, start, values);
        }
    }

    public string? Identify(byte objectId) => _conveyor.Identify(objectId);

    public void Dispose()
    {
        _clock.Dispose();
        _listener.Dispose();
        _rtde.Dispose();
    }

    private void Note(PackMlCommand command)
    {
        lock (_gate)
        {
            _told.Add(command);
        }

        if (command == PackMlCommand.Stop)
        {
            Volatile.Write(ref _stopTimestamp, Stopwatch.GetTimestamp());
        }
    }

    private int Journaled(string what) => _journal.Lines.Count(line => line.Contains(what, StringComparison.Ordinal));
}
