using System.Globalization;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>
/// The PLC of a conveyor: drive, photo-eyes, counters, PackML, heartbeat. The same seed gives the same day; time passes only by
/// <see cref="Tick"/>.
/// </summary>
public sealed class ConveyorPlc : ISimulatedDevice, IModbusDevice
{
    /// <summary>A scan every fifth tick: the 10 ms of a small PLC.</summary>
    public const int ScansPerSecond = SimulatedTime.TicksPerSecond / TicksPerScan;

    /// <summary>The belt's, in mm/s.</summary>
    public const double SpeedMax = 500;

    private const int TicksPerScan = 5;
    private const int HeartbeatScans = ScansPerSecond / 2;

    /// <summary>A part jams about every two minutes, and somebody frees it after five seconds.</summary>
    private const int JamEveryScans = 120 * ScansPerSecond;
    private const double JamSeconds = 5;

    private const ushort JamCode = 17;
    private const ushort EmergencyStopCode = 21;
    private const ushort GuardCode = 22;

    private readonly Journal? _journal;
    private readonly Random _random;
    private readonly Random _noise;
    private readonly PackMlMachine _machine = new();
    private readonly ConveyorDrive _drive = new();
    private readonly Conveyor _conveyor;
    private readonly ConveyorRegisters _registers;
    private ConveyorPlcState _shown;
    private PackMlCommand _told;
    private long _scans;
    private long _beats;
    private long _writes;
    private int _jamLeft;
    private bool _isHeldByJam;
    private bool _isSuspendedByStarving;
    private bool _isGuardClosed = true;
    private bool _isChainClosed = true;
    private double _driftDegrees;

    /// <param name="seed">The cell's.</param>
    /// <param name="id">Its name in the journal and in scenarios.</param>
    /// <param name="journal">Where its changes of state are told.</param>
    public ConveyorPlc(int seed, string id = "plc", Journal? journal = null)
    {
        Id = id;
        _journal = journal;
        _random = SeededRandom.For(seed, id);
        _noise = SeededRandom.For(seed, id + ".noise");
        _conveyor = new Conveyor(_random);
        _registers = new ConveyorRegisters(ConveyorDrive.UsualSpeed, _machine.Mode);
        Show();
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>What a scenario has made wrong.</summary>
    public PlcFaults Faults { get; } = new();

    /// <summary>Nothing comes from the machine before: PackML suspends, and goes on by itself when parts come again.</summary>
    public bool IsStarved { get; set; }

    /// <summary>False: it waits in Idle for somebody who starts it.</summary>
    public bool StartsByItself { get; init; } = true;

    /// <summary>Write requests by Modbus, those that it refused included: what a test counts to know that it was told something once, or not at all.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>What can be seen of it now.</summary>
    public ConveyorPlcState State
    {
        get
        {
            lock (this)
            {
                return _shown;
            }
        }
    }

    /// <summary>Tells it what Modbus clients tell by register 3; false when its state does not allow that. Done by the next scan.</summary>
    public bool TryTell(PackMlCommand command)
    {
        lock (this)
        {
            if (_told != PackMlCommand.None || !IsSafeFor(command) || !_machine.Obeys(command))
            {
                return false;
            }

            _told = command;
            return true;
        }
    }

    /// <summary>Asks for another unit mode, as Modbus clients do by register 2; taken in Stopped, Idle and Aborted.</summary>
    public void RequestMode(PackMlMode mode)
    {
        lock (this)
        {
            _registers.ModeRequest = mode;
        }
    }

    /// <summary>Sets the speed as Modbus clients do by registers 0 and 1; false when the belt has no such speed.</summary>
    public bool TrySetSpeed(float millimetresPerSecond)
    {
        if (!(millimetresPerSecond >= 0 && millimetresPerSecond <= SpeedMax))
        {
            return false;
        }

        lock (this)
        {
            _registers.SpeedSetpoint = millimetresPerSecond;
            return true;
        }
    }

    /// <summary>Somebody opens the guard: the conveyor stops, and starts again only when it is told to.</summary>
    public void OpenGuard() => SetGuard(isClosed: false);

    public void CloseGuard() => SetGuard(isClosed: true);

    /// <summary>Somebody presses the emergency stop: the conveyor aborts; released, it wants Clear, Reset and Start.</summary>
    public void PressEmergencyStop() => SetChain(isClosed: false);

    public void ReleaseEmergencyStop() => SetChain(isClosed: true);

    /// <summary>A part jams now, and somebody frees it after so long.</summary>
    public void Jam(double seconds = JamSeconds)
    {
        lock (this)
        {
            _jamLeft = Math.Max(1, (int)(seconds * ScansPerSecond));
        }
    }

    /// <summary>A cobot puts a part on the belt's beginning: it goes with the next gap between the others.</summary>
    public void PlacePart()
    {
        lock (this)
        {
            _conveyor.Place();
        }
    }

    /// <summary>Sets the counters: to 0 as by a new battery, or just before they wrap.</summary>
    public void SetCounters(uint good = 0, uint rejected = 0)
    {
        lock (this)
        {
            _conveyor.SetCounters(good, rejected);
        }
    }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        if (!now.IsEvery(TicksPerScan))
        {
            return;
        }

        // The Modbus server locks the device for each request: a reader never sees half a scan.
        lock (this)
        {
            var before = _shown;
            Scan();
            Report(now, before);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(ModbusTable table, int start, Span<ushort> values) => _registers.TryRead(table, start, values);

    /// <inheritdoc/>
    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        Interlocked.Increment(ref _writes);
        return _registers.TryWrite(table, start, values);
    }

    /// <inheritdoc/>
    public string? Identify(byte objectId) => objectId switch
    {
        0 => "IndustrieFutur",
        1 => "CELL-SIM-PLC",
        2 => "1.0",
        3 => "https://industriefutur.example",
        4 => "Simulated conveyor PLC",
        5 => ConveyorRegisters.Name,
        6 => "Conveyor",
        _ => null,
    };

    private void SetGuard(bool isClosed)
    {
        lock (this)
        {
            _isGuardClosed = isClosed;
        }
    }

    private void SetChain(bool isClosed)
    {
        lock (this)
        {
            _isChainClosed = isClosed;
        }
    }

    private void Scan()
    {
        _scans++;
        _beats += _scans % HeartbeatScans == 0 && !Faults.StopsHeartbeat ? 1 : 0;
        _machine.RequestMode(_registers.ModeRequest);
        Obey();
        Protect();
        WatchBelt();
        _machine.Scan();
        _drive.Scan(_machine.IsExecuting ? _registers.SpeedSetpoint : 0, _conveyor.Parts);
        _conveyor.Move(_drive.Speed / ScansPerSecond, IsStarved);
        Show();
    }

    /// <summary>A command is taken once and wiped; without one the conveyor starts by itself, so that a demonstration shows something.</summary>
    private void Obey()
    {
        var command = _registers.TakeCommand();
        command = command == PackMlCommand.None ? _told : command;
        _told = PackMlCommand.None;
        if (command == PackMlCommand.None && StartsByItself && _scans == 2 * ScansPerSecond)
        {
            command = PackMlCommand.Start;
        }

        if (IsSafeFor(command))
        {
            _machine.Tell(command);
        }
    }

    /// <summary>Nothing leads towards motion while the guard or the chain is open.</summary>
    private bool IsSafeFor(PackMlCommand command)
    {
        if (command is PackMlCommand.Stop or PackMlCommand.Abort or PackMlCommand.Hold or PackMlCommand.Suspend)
        {
            return true;
        }

        return _isChainClosed && (_isGuardClosed || command is PackMlCommand.Clear or PackMlCommand.Reset);
    }

    private void Protect()
    {
        if (!_isChainClosed)
        {
            _machine.Tell(PackMlCommand.Abort);
        }
        else if (!_isGuardClosed && _machine.State is not (PackMlState.Idle or PackMlState.Resetting))
        {
            _machine.Tell(PackMlCommand.Stop);
        }
    }

    private void WatchBelt()
    {
        if (_jamLeft > 0)
        {
            _jamLeft--;
            _isHeldByJam |= _machine.IsExecuting;
            _machine.Tell(_isHeldByJam ? PackMlCommand.Hold : PackMlCommand.None);
        }
        else if (_isHeldByJam && _machine.State != PackMlState.Holding)
        {
            // Freed. Whoever stopped it meanwhile is not overruled.
            _machine.Tell(PackMlCommand.Unhold);
            _isHeldByJam = false;
        }
        else if (_machine.IsExecuting && _random.Next(JamEveryScans) == 0)
        {
            _jamLeft = (int)(JamSeconds * ScansPerSecond);
        }

        if (IsStarved && _machine.IsExecuting)
        {
            _machine.Tell(PackMlCommand.Suspend);
            _isSuspendedByStarving = true;
        }
        else if (!IsStarved && _isSuspendedByStarving && _machine.State != PackMlState.Suspending)
        {
            _machine.Tell(PackMlCommand.Unsuspend);
            _isSuspendedByStarving = false;
        }
    }

    private void Show()
    {
        // The noise is drawn in every scan, so that no fault moves what follows.
        var (ripple, flicker) = (_noise.NextDouble() - 0.5, _noise.NextDouble());
        _driftDegrees = Faults.TemperatureDriftPerMinute == 0 ? 0 : _driftDegrees + (Faults.TemperatureDriftPerMinute / (60.0 * ScansPerSecond));
        var noise = _drive.Moves ? Faults.NoiseFactor : 0;
        _shown = new ConveyorPlcState
        {
            State = _machine.State,
            Mode = _machine.Mode,
            IsRunning = _machine.IsExecuting,
            IsPartAtEntry = _conveyor.AtEntry,
            IsPartAtExit = _conveyor.AtExit,
            IsGuardClosed = _isGuardClosed,
            IsEmergencyStopChainClosed = _isChainClosed,
            SpeedMillimetresPerSecond = Faults.IsFrozen ? _shown.SpeedMillimetresPerSecond : _drive.Speed + (noise * ripple),
            SpeedSetpointMillimetresPerSecond = _registers.SpeedSetpoint,
            MotorAmperes = Faults.IsFrozen ? _shown.MotorAmperes : Math.Max(0, _drive.Amperes + (0.05 * noise * flicker)),
            MotorDegrees = Faults.IsFrozen ? _shown.MotorDegrees : _drive.Degrees + _driftDegrees,
            Total = _conveyor.Total,
            Good = _conveyor.Good,
            Rejected = _conveyor.Rejected,
            FaultCode = FaultCode(),
            StackLight = StackLight(),
            Heartbeat = (ushort)_beats,
        };
        _registers.Show(_shown);
    }

    private ushort FaultCode()
    {
        if (!_isChainClosed)
        {
            return EmergencyStopCode;
        }

        if (!_isGuardClosed)
        {
            return GuardCode;
        }

        return _jamLeft > 0 ? JamCode : (ushort)0;
    }

    /// <summary>Red for what went wrong, with the buzzer while aborted; green while it produces; yellow while it could.</summary>
    private ushort StackLight()
    {
        if (_machine.State is PackMlState.Aborting or PackMlState.Aborted)
        {
            return 0b10001;
        }

        if (FaultCode() != 0)
        {
            return 0b00001;
        }

        return _machine.IsExecuting ? (ushort)0b00100 : (ushort)0b00010;
    }

    private void Report(in SimulatedTime now, in ConveyorPlcState before)
    {
        if (_shown.State != before.State)
        {
            _journal?.Write(now, Id, $"state {_shown.State}");
        }

        if (_shown.Mode != before.Mode)
        {
            _journal?.Write(now, Id, $"mode {_shown.Mode}");
        }

        if (_shown.FaultCode != before.FaultCode)
        {
            _journal?.Write(now, Id, string.Create(CultureInfo.InvariantCulture, $"fault {_shown.FaultCode}"));
        }

        if (_shown.Total != before.Total)
        {
            var verdict = _shown.Rejected != before.Rejected ? "rejected" : "good";
            _journal?.Write(now, Id, string.Create(CultureInfo.InvariantCulture, $"part {_shown.Total} {verdict}"));
        }
    }
}
