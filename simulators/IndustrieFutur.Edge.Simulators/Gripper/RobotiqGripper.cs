using System.Globalization;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>
/// A two-finger gripper with the register map of a Robotiq 2F-85: activation, motion that takes time, contact by the part's size. It is
/// driven by the cobot's program (<see cref="Command"/>) or by whoever writes its registers over Modbus; a part that it misses and a part that slips come
/// from the seed.
/// </summary>
internal sealed class RobotiqGripper : ISimulatedDevice, IModbusDevice
{
    /// <summary>Its usual unit number on the line.</summary>
    public const byte UsualUnit = 9;

    public const int ScansPerSecond = SimulatedTime.TicksPerSecond / TicksPerScan;

    private const int TicksPerScan = 5;
    private const int RequestAt = 1000;
    private const int StatusAt = 2000;
    private const int Registers = 3;

    private const byte Closed = 255;
    private const ushort ActivateAction = 0x0100;
    private const ushort GoAction = 0x0900;

    /// <summary>Full speed, half of the force.</summary>
    private const ushort UsualSpeedAndForce = 0xFF80;

    /// <summary>One grip of a hundred closes beside the part.</summary>
    private const double MissShare = 0.01;

    /// <summary>One part of two hundred slips out, half a second to three after it was gripped.</summary>
    private const double SlipShare = 0.005;
    private const double SlipSecondsMin = 0.5;
    private const double SlipSecondsMax = 3;

    private readonly Journal? _journal;
    private readonly Random _random;
    private readonly Random _noise;
    private readonly GripperFingers _fingers = new();
    private readonly ushort[] _request = new ushort[Registers];
    private readonly ushort[] _shown = new ushort[Registers];
    private GripperStatus _status;
    private GripperObject _object;
    private GripperFault _fault;
    private bool _hasClosed;
    private bool _held;
    private int _slipLeft;
    private long _writes;

    /// <param name="seed">The cell's.</param>
    /// <param name="id">Its name in the journal and in scenarios.</param>
    /// <param name="journal">Where its changes of state are told.</param>
    public RobotiqGripper(int seed, string id = "gripper", Journal? journal = null)
    {
        Id = id;
        _journal = journal;
        _random = SeededRandom.For(seed, id);
        _noise = SeededRandom.For(seed, id + ".noise");
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Width of the parts that the cobot's program brings it to.</summary>
    public double UsualPartMillimetres { get; init; } = 50;

    /// <summary>What it shows stands still; the fingers move as if nothing were.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The next grip closes beside the part.</summary>
    public bool MissesNext { get; set; }

    /// <summary>Write requests by Modbus, those that it refused included: what a test counts to know that it was told something once, or not at all.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>It knows its stroke and obeys.</summary>
    public bool IsActivated
    {
        get
        {
            lock (this)
            {
                return _status == GripperStatus.Activated;
            }
        }
    }

    /// <summary>A part is held.</summary>
    public bool Holds
    {
        get
        {
            lock (this)
            {
                return _fingers.Holds;
            }
        }
    }

    /// <summary>Does what a robot's program tells by its wrist connector: the same as writing the registers, with the usual part at the usual place.</summary>
    public void Command(GripperCommand command)
    {
        lock (this)
        {
            switch (command)
            {
                case GripperCommand.Reset:
                    Request(0, 0);
                    break;
                case GripperCommand.Activate:
                    Request(ActivateAction, 0);
                    break;
                case GripperCommand.Open:
                    Request(GoAction, 0);
                    break;
                default:
                    Bring();
                    Request(GoAction, Closed);
                    break;
            }
        }
    }

    /// <summary>Somebody puts a part of that width between the fingers; null takes it away.</summary>
    public void Present(double? millimetres)
    {
        lock (this)
        {
            _fingers.PartMillimetres = millimetres;
        }
    }

    /// <summary>The part slips out now.</summary>
    public void LosePart()
    {
        lock (this)
        {
            _fingers.LosePart();
        }
    }

    /// <summary>It stops with a fault of its own until it is reset.</summary>
    public void Break()
    {
        lock (this)
        {
            _fault = GripperFault.Overcurrent;
        }
    }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        if (!now.IsEvery(TicksPerScan))
        {
            return;
        }

        lock (this)
        {
            var (status, found, fault) = (_status, _object, _fault);
            Slip();
            Scan(new GripperRequest(_request));
            Show();
            Report(now, status != _status, found != _object, fault != _fault);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        // Both functions 3 and 4 read the same three registers.
        var isThere = table is ModbusTable.HoldingRegisters or ModbusTable.InputRegisters
            && start >= StatusAt && start + values.Length <= StatusAt + Registers;
        if (isThere)
        {
            _shown.AsSpan(start - StatusAt, values.Length).CopyTo(values);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        Interlocked.Increment(ref _writes);
        var isThere = table == ModbusTable.HoldingRegisters && start >= RequestAt && start + values.Length <= RequestAt + Registers;
        if (isThere)
        {
            values.CopyTo(_request.AsSpan(start - RequestAt));
        }

        return isThere;
    }

    /// <inheritdoc/>
    public string? Identify(byte objectId) => objectId switch
    {
        0 => "IndustrieFutur",
        1 => "CELL-SIM-GRIPPER",
        2 => "1.0",
        _ => null,
    };

    private void Request(ushort action, byte position)
    {
        _request[0] = action;
        _request[1] = position;
        _request[2] = UsualSpeedAndForce;
    }

    /// <summary>The cobot stands at a part: mostly between the fingers, seldom beside them. All of its fate is drawn at once, whatever comes of it.</summary>
    private void Bring()
    {
        var (miss, slip, when) = (_random.NextDouble(), _random.NextDouble(), _random.NextDouble());
        var misses = MissesNext || miss < MissShare;
        MissesNext = false;
        _fingers.PartMillimetres = misses ? null : UsualPartMillimetres;
        _slipLeft = !misses && slip < SlipShare ? (int)((SlipSecondsMin + (when * (SlipSecondsMax - SlipSecondsMin))) * ScansPerSecond) : 0;
    }

    private void Slip()
    {
        if (_slipLeft > 0 && _fingers.Holds)
        {
            _slipLeft--;
            if (_slipLeft == 0)
            {
                _fingers.LosePart();
            }
        }
    }

    private void Scan(in GripperRequest request)
    {
        if (!request.Activates)
        {
            (_status, _object) = (GripperStatus.Reset, GripperObject.Moving);
            _fault = request.GoesTo ? GripperFault.ActivationNeeded : GripperFault.None;
        }
        else if (_fault is GripperFault.Overcurrent or GripperFault.ReleaseCompleted)
        {
            // Only a reset helps.
        }
        else if (request.Releases)
        {
            _object = _fingers.Move(0, speed: 0);
            _fault = _object == GripperObject.AtPosition ? GripperFault.ReleaseCompleted : GripperFault.ReleaseInProgress;
        }
        else if (_status != GripperStatus.Activated)
        {
            _fault = request.GoesTo ? GripperFault.ActionDelayed : GripperFault.None;
            LearnStroke();
        }
        else
        {
            _fault = GripperFault.None;
            _object = request.GoesTo ? _fingers.Move(request.Position, request.Speed) : GripperObject.Moving;
        }
    }

    private void LearnStroke()
    {
        _hasClosed &= _status == GripperStatus.Activating;
        _status = GripperStatus.Activating;
        var isThere = _fingers.Move(_hasClosed ? 0 : Closed, speed: byte.MaxValue) != GripperObject.Moving;
        if (isThere && _hasClosed)
        {
            _status = GripperStatus.Activated;
        }

        _hasClosed |= isThere;
    }

    private void Show()
    {
        var flicker = _noise.Next(3);
        if (IsFrozen)
        {
            return;
        }

        var request = new GripperRequest(_request);
        var goes = request.GoesTo && request.Activates;
        var status = (request.Activates ? 0x01 : 0) | (goes ? 0x08 : 0) | ((int)_status << 4) | ((int)_object << 6);
        _shown[0] = (ushort)(status << 8);
        _shown[1] = (ushort)(((int)_fault << 8) | request.Position);
        _shown[2] = (ushort)((_fingers.Position << 8) | TensOfMilliamperes(request, flicker));
    }

    private int TensOfMilliamperes(in GripperRequest request, int flicker)
    {
        var isMoving = _status == GripperStatus.Activating || (request.GoesTo && _status == GripperStatus.Activated && _object == GripperObject.Moving);
        if (isMoving)
        {
            return 11 + flicker;
        }

        return _fingers.Holds ? 20 + (request.Force / 5) + flicker : 0;
    }

    private void Report(in SimulatedTime now, bool hasNewStatus, bool hasNewObject, bool hasNewFault)
    {
        if (hasNewStatus)
        {
            _journal?.Write(now, Id, $"status {_status}");
        }

        if (hasNewFault)
        {
            _journal?.Write(now, Id, $"fault {_fault}");
        }

        if (hasNewObject && _status == GripperStatus.Activated)
        {
            _journal?.Write(now, Id, string.Create(CultureInfo.InvariantCulture, $"object {_object} at {_fingers.Position}"));
        }

        if (_held && !_fingers.Holds)
        {
            _journal?.Write(now, Id, new GripperRequest(_request).Position == Closed ? "part lost" : "part let go");
        }

        _held = _fingers.Holds;
    }
}
