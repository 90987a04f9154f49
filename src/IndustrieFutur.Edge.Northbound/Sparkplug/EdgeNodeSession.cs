using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>
/// What a Sparkplug edge node has to say, message by message, in the order that the specification wants (3.0, chapters 5 and 6):
/// births before data, deaths, one seq over all of it. It knows no connection: whoever has one asks it what is due.
/// </summary>
internal sealed class EdgeNodeSession
{
    /// <summary>A host that asks again and again gets a birth a second: births are the largest messages, and data wait for them.</summary>
    private const long RebirthEveryNanos = 1_000_000_000;

    private const long NanosPerSecond = 1_000_000_000;

    private readonly Lock _gate = new();
    private readonly SparkplugTopics _topics;
    private readonly DeviceQueue[] _queues;
    private readonly (string Birth, string Death, string Data)[] _deviceTopics;
    private readonly bool[] _isBorn;
    private readonly IDeviceLinks _links;
    private readonly PrimaryHost _host;
    private readonly int _historyRate;
    private SessionPhase _phase = SessionPhase.Left;
    private byte _bdSeq;
    private byte _seq;
    private bool _rebirth;
    private long _bornMonoNanos;
    private long _historyMonoNanos;
    private int _nextDevice;

    public EdgeNodeSession(SparkplugTopics topics, DeviceQueue[] queues, IDeviceLinks links, string? primaryHost, int historyRate)
    {
        _topics = topics;
        _queues = queues;
        _links = links;
        _host = new PrimaryHost(primaryHost);
        _historyRate = historyRate;
        _isBorn = new bool[queues.Length];
        _deviceTopics = [.. queues.Select(queue => queue.Device.Id).Select(id => (topics.DeviceBirth(id), topics.DeviceDeath(id), topics.DeviceData(id)))];
        BufferNeeded = queues.Select(queue => queue.BufferNeeded).Append(SparkplugEncoder.BufferNeeded(2, 64)).Max();
    }

    private static ReadOnlySpan<byte> BdSeq => "bdSeq"u8;

    private static ReadOnlySpan<byte> Rebirth => "Node Control/Rebirth"u8;

    /// <summary>Bytes in which each of its messages fits.</summary>
    public int BufferNeeded { get; }

    /// <summary>Hosts know it: its births are out and its death is not.</summary>
    public bool IsBorn => Phase == SessionPhase.Live;

    /// <summary>Nobody was told of a birth in this session, so there is no death to tell of.</summary>
    public bool IsWaiting => Phase == SessionPhase.Waiting;

    /// <summary>Nothing more will come: the connection is to be closed.</summary>
    public bool HasLeft => Phase == SessionPhase.Left;

    private SessionPhase Phase
    {
        get
        {
            lock (_gate)
            {
                return _phase;
            }
        }
    }

    /// <summary>The NDEATH: what the broker gets as the will, and what an orderly end publishes.</summary>
    public static byte[] Death(byte bdSeq, ulong utcMillis)
    {
        var buffer = new byte[SparkplugEncoder.BufferNeeded(1, BdSeq.Length)];
        return buffer[..WriteDeath(bdSeq, utcMillis, buffer)];
    }

    /// <summary>A new CONNECT, whose will carries <paramref name="bdSeq"/>.</summary>
    public void Begin(byte bdSeq, string server = "")
    {
        lock (_gate)
        {
            (_phase, _bdSeq, _rebirth) = (SessionPhase.Waiting, bdSeq, false);
            Array.Clear(_isBorn);
            _host.Forget(server);
        }
    }

    /// <summary>The connection is gone without our doing: what was just sent may have reached nobody.</summary>
    public void Lose(long monoNow)
    {
        lock (_gate)
        {
            _phase = SessionPhase.Left;
            Doubt(monoNow);
        }
    }

    /// <summary>An orderly end: the death goes out, if there was a birth.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _phase = _phase is SessionPhase.Live or SessionPhase.Dying ? SessionPhase.Dying : SessionPhase.Left;
        }
    }

    /// <summary>A host wants to hear all births again, in the same MQTT session.</summary>
    public void RequestRebirth()
    {
        lock (_gate)
        {
            _rebirth = true;
        }
    }

    /// <summary>A STATE message of the primary host. When it goes, the node dies too and waits for it in a new session.</summary>
    public HostWord HearHost(ReadOnlySpan<byte> payload, long monoNow)
    {
        lock (_gate)
        {
            var word = _host.Hear(payload);
            if (word == HostWord.Offline && _phase == SessionPhase.Live)
            {
                _phase = SessionPhase.Dying;
                Doubt(monoNow);
            }

            return word;
        }
    }

    /// <summary>Encodes the next message that is due; false when none is.</summary>
    public bool TryNext(ulong utcMillis, long monoNow, Span<byte> buffer, out SparkplugMessage message)
    {
        lock (_gate)
        {
            message = default;
            return _phase switch
            {
                SessionPhase.Dying => Die(utcMillis, buffer, out message),
                SessionPhase.Waiting when _host.IsOnline => Bear(utcMillis, monoNow, buffer, out message),
                SessionPhase.Live when _rebirth => monoNow - _bornMonoNanos >= RebirthEveryNanos && Bear(utcMillis, monoNow, buffer, out message),
                SessionPhase.Live => TryDevice(utcMillis, monoNow, buffer, out message),
                _ => false,
            };
        }
    }

    private static int WriteDeath(byte bdSeq, ulong utcMillis, Span<byte> buffer)
    {
        var encoder = new SparkplugEncoder(buffer);
        encoder.Begin(utcMillis);
        encoder.TryAdd(Number(bdSeq, utcMillis));
        return encoder.EndWithoutSeq();
    }

    private static SparkplugMetric Number(byte bdSeq, ulong utcMillis) => new()
    {
        Name = BdSeq,
        UtcMillis = utcMillis,
        Type = SparkplugType.Int64,
        TellsType = true,
        Bits = bdSeq,
    };

    private bool Die(ulong utcMillis, Span<byte> buffer, out SparkplugMessage message)
    {
        _phase = SessionPhase.Left;
        message = new SparkplugMessage(_topics.NodeDeath, WriteDeath(_bdSeq, utcMillis, buffer), IsNodeDeath: true);
        return true;
    }

    /// <summary>The NBIRTH; the devices' births follow before anything else.</summary>
    private bool Bear(ulong utcMillis, long monoNow, Span<byte> buffer, out SparkplugMessage message)
    {
        (_phase, _rebirth, _bornMonoNanos) = (SessionPhase.Live, false, monoNow);
        Array.Clear(_isBorn);
        var encoder = new SparkplugEncoder(buffer);
        encoder.Begin(utcMillis);
        encoder.TryAdd(Number(_bdSeq, utcMillis));
        encoder.TryAdd(new SparkplugMetric { Name = Rebirth, UtcMillis = utcMillis, Type = SparkplugType.Boolean, TellsType = true, Bits = 0 });
        _seq = 0;
        message = new SparkplugMessage(_topics.NodeBirth, encoder.End(_seq), IsNodeDeath: false);
        return true;
    }

    private bool TryDevice(ulong utcMillis, long monoNow, Span<byte> buffer, out SparkplugMessage message) =>
        TryBirth(utcMillis, buffer, out message)
        || TryDeath(utcMillis, monoNow, buffer, out message)
        || TryLive(utcMillis, monoNow, buffer, out message)
        || TryHistory(utcMillis, monoNow, buffer, out message);

    /// <summary>All births before any data, also before the last data of a device that has died since (tck-id-payloads-ddata-order).</summary>
    private bool TryBirth(ulong utcMillis, Span<byte> buffer, out SparkplugMessage message)
    {
        for (var device = 0; device < _queues.Length; device++)
        {
            if (!_isBorn[device] && IsConnected(device))
            {
                _isBorn[device] = true;
                message = Count(_deviceTopics[device].Birth, _queues[device].TakeBirth(utcMillis, NextSeq, buffer));
                return true;
            }
        }

        message = default;
        return false;
    }

    private bool TryDeath(ulong utcMillis, long monoNow, Span<byte> buffer, out SparkplugMessage message)
    {
        for (var device = 0; device < _queues.Length; device++)
        {
            if (_isBorn[device] && !IsConnected(device))
            {
                message = LastWord(device, utcMillis, monoNow, buffer);
                return true;
            }
        }

        message = default;
        return false;
    }

    private bool IsConnected(int device) => _links.IsConnected(_queues[device].Device.Index);

    /// <summary>What the device still said goes out before its death; it is dead once that is out.</summary>
    private SparkplugMessage LastWord(int device, ulong utcMillis, long monoNow, Span<byte> buffer)
    {
        var length = _queues[device].TakeLive(atOnce: true, utcMillis, monoNow, NextSeq, buffer);
        if (length > 0)
        {
            return Count(_deviceTopics[device].Data, length);
        }

        _isBorn[device] = false;
        var encoder = new SparkplugEncoder(buffer);
        encoder.Begin(utcMillis);
        return Count(_deviceTopics[device].Death, encoder.End(NextSeq));
    }

    /// <summary>The born devices in turn, so that a fast one does not silence the others.</summary>
    private bool TryLive(ulong utcMillis, long monoNow, Span<byte> buffer, out SparkplugMessage message)
    {
        for (var tries = 0; tries < _queues.Length; tries++)
        {
            var device = _nextDevice;
            _nextDevice = (_nextDevice + 1) % _queues.Length;
            if (_isBorn[device] && _queues[device].TakeLive(atOnce: false, utcMillis, monoNow, NextSeq, buffer) is > 0 and var length)
            {
                message = Count(_deviceTopics[device].Data, length);
                return true;
            }
        }

        message = default;
        return false;
    }

    private bool TryHistory(ulong utcMillis, long monoNow, Span<byte> buffer, out SparkplugMessage message)
    {
        message = default;
        for (var device = 0; device < _queues.Length && monoNow >= _historyMonoNanos; device++)
        {
            if (_isBorn[device] && _queues[device].TakeHistory(utcMillis, monoNow, NextSeq, buffer, out var count) is > 0 and var length)
            {
                _historyMonoNanos = monoNow + (count * NanosPerSecond / _historyRate);
                message = Count(_deviceTopics[device].Data, length);
                return true;
            }
        }

        return false;
    }

    /// <summary>One more for each message of the node and its devices, 0 after 255.</summary>
    private byte NextSeq => (byte)(_seq + 1);

    private SparkplugMessage Count(string topic, int length)
    {
        _seq = NextSeq;
        return new SparkplugMessage(topic, length, IsNodeDeath: false);
    }

    private void Doubt(long monoNow)
    {
        foreach (var queue in _queues)
        {
            queue.Doubt(monoNow);
        }
    }
}
