using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>
/// One client of the simulated controller: its thread answers what it asks, the clock's thread sends it its packages. Nobody ever waits for
/// it: whose socket takes no more bytes is dropped, as a controller does.
/// </summary>
internal sealed class RtdeSession
{
    /// <summary>Held back by a stall: seconds of the longest packages; whoever is stalled for longer is dropped.</summary>
    private const int HeldBytesMax = 1 << 20;

    /// <summary>How often the waiting thread looks whether it is to stop.</summary>
    private const long LookEveryNanos = 100_000_000;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly RtdeServer _server;
    private readonly RtdePacketWriter _writer = new();
    private readonly byte[] _package = new byte[ushort.MaxValue + 1];
    private readonly byte[] _held = new byte[HeldBytesMax];
    private int _heldBytes;
    private (string Name, int Offset, int Bytes)[] _fields = [];
    private int _packageBytes;
    private int _version = 1;
    private int _every = 1;
    private byte _recipe;
    private int _toLose;
    private int _cut;
    private bool _isStarted;
    private volatile bool _isClosed;

    public RtdeSession(Socket socket, RtdeServer server)
    {
        _socket = socket;
        _server = server;
        socket.NoDelay = true;
        socket.Blocking = false;
    }

    public bool IsClosed => _isClosed;

    /// <summary>It has asked for packages and gets them.</summary>
    public bool IsStarted
    {
        get
        {
            lock (_gate)
            {
                return _isStarted && !_isClosed;
            }
        }
    }

    /// <summary>Answers until the client goes, or is dropped, or the server ends.</summary>
    public void Serve()
    {
        using var link = new SocketLink(_socket);
        var reader = new RtdePacketReader(link, "a client of the simulated controller");
        try
        {
            while (!_isClosed && !_server.IsStopping)
            {
                while (reader.TryTake(out var packet))
                {
                    Handle(packet);
                }

                reader.Fill(LinkClock.NowNanos() + LookEveryNanos);
            }
        }
        catch (LinkBrokenException)
        {
            // The client went away or spoke something else; the next one is welcome.
        }

        _isClosed = true;
    }

    /// <summary>Sends the package of this tick, if one is due.</summary>
    public void Tick(long tick, double timestamp, IRtdeSource source)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            if (!_server.IsStalled && _cut == 0)
            {
                SendHeld();
            }

            if (!_isStarted || tick % _every != 0)
            {
                return;
            }

            if (_toLose > 0)
            {
                _toLose--;
                return;
            }

            Package(timestamp, source);
            SendPackage();
        }
    }

    /// <summary>The next packages are made and never sent.</summary>
    public void Lose(int packages)
    {
        lock (_gate)
        {
            _toLose += packages;
        }
    }

    public void Say(RtdeText text)
    {
        lock (_gate)
        {
            Send(_version == 1 ? _writer.TextOfVersion1(text) : _writer.Text(text));
        }
    }

    /// <summary>Ends the connection from any thread; the session's own, which waits on the socket, notices and disposes of it.</summary>
    public void Close()
    {
        _isClosed = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    private void Handle(RtdePacket packet)
    {
        lock (_gate)
        {
            if (_server.Chatter is { } text && packet.Type != RtdePacketType.RequestProtocolVersion)
            {
                Send(_version == 1 ? _writer.TextOfVersion1(text) : _writer.Text(text));
            }

            switch (packet.Type)
            {
                case RtdePacketType.RequestProtocolVersion:
                    Send(_writer.Accepted(packet.Type, TryVersion(packet.Payload)));
                    break;
                case RtdePacketType.GetControllerVersion:
                    Send(_writer.ControllerVersion(RtdeServer.Version));
                    break;
                case RtdePacketType.SetupOutputs:
                    SetUp(packet.Payload);
                    break;
                case RtdePacketType.Start:
                    _isStarted = _fields.Length > 0;
                    Send(_writer.Accepted(packet.Type, _isStarted));
                    break;
                case RtdePacketType.Pause:
                    _isStarted = false;
                    Send(_writer.Accepted(packet.Type, true));
                    break;
                default:
                    // What it does not know a controller passes over; inputs, which would move it, are not offered.
                    break;
            }
        }
    }

    private bool TryVersion(ReadOnlySpan<byte> payload)
    {
        if (_server.RefusesVersion || payload.Length != 2 || BinaryPrimitives.ReadUInt16BigEndian(payload) is not (1 or 2))
        {
            return false;
        }

        _version = payload[1];
        return true;
    }

    private void SetUp(ReadOnlySpan<byte> payload)
    {
        var frequency = (double)RtdeLimits.FrequencyMax;
        if (_version > 1)
        {
            if (payload.Length < 8)
            {
                return;
            }

            frequency = Math.Clamp(BinaryPrimitives.ReadDoubleBigEndian(payload), 1, RtdeLimits.FrequencyMax);
            payload = payload[8..];
        }

        // A frequency that is none sends at the slowest; one between two rates at the faster.
        _every = double.IsNaN(frequency) ? RtdeLimits.FrequencyMax : (int)(RtdeLimits.FrequencyMax / frequency);
        _isStarted = false;
        var names = Encoding.Latin1.GetString(payload[..Math.Min(payload.Length, RtdeLimits.NamesBytesMax)]).Split(',');
        var answers = names.Select(_server.AnswerTo).ToArray();
        Lay(names, answers);
        Send(_writer.OutputTypes(_version == 1 ? null : ++_recipe, string.Join(',', answers)));
    }

    /// <summary>A recipe with a field that is not to be had is useless as a whole.</summary>
    private void Lay(string[] names, string[] answers)
    {
        var fields = new (string, int, int)[names.Length];
        var offset = RtdeLimits.HeaderBytes + (_version == 1 ? 0 : 1);
        for (var i = 0; i < names.Length; i++)
        {
            if (!RtdeFieldTypes.TryParse(answers[i], out var type))
            {
                _fields = [];
                return;
            }

            fields[i] = (names[i], offset, RtdeFieldTypes.BytesOf(type));
            offset += RtdeFieldTypes.BytesOf(type);
        }

        _fields = offset <= ushort.MaxValue ? fields : [];
        _packageBytes = offset;
    }

    private void Package(double timestamp, IRtdeSource source)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_package, (ushort)_packageBytes);
        _package[2] = (byte)RtdePacketType.DataPackage;
        if (_version > 1)
        {
            _package[RtdeLimits.HeaderBytes] = _recipe;
        }

        foreach (var (name, offset, bytes) in _fields)
        {
            var target = _package.AsSpan(offset, bytes);
            if (name == RtdeFields.Timestamp)
            {
                BinaryPrimitives.WriteDoubleBigEndian(target, timestamp);
            }
            else if (!source.TryRead(name, target))
            {
                target.Clear();
            }
        }
    }

    private void SendPackage()
    {
        if (!_server.SplitsPackets || _server.IsStalled)
        {
            Send(_package.AsSpan(0, _packageBytes));
            return;
        }

        // The rest of the one before, then the first bytes of this one; the cut wanders through all places.
        SendHeld();
        _cut = (_cut % (_packageBytes - 1)) + 1;
        SendNow(_package.AsSpan(0, _cut));
        Hold(_package.AsSpan(_cut, _packageBytes - _cut));
    }

    private void Send(ReadOnlySpan<byte> packet)
    {
        if (_server.IsStalled)
        {
            Hold(packet);
            return;
        }

        SendHeld();
        SendNow(packet);
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _held.Length - _heldBytes)
        {
            Close();
            return;
        }

        bytes.CopyTo(_held.AsSpan(_heldBytes));
        _heldBytes += bytes.Length;
    }

    private void SendHeld()
    {
        var bytes = _heldBytes;
        _heldBytes = 0;
        _cut = _server.SplitsPackets ? _cut : 0;
        SendNow(_held.AsSpan(0, bytes));
    }

    private void SendNow(ReadOnlySpan<byte> bytes)
    {
        if (_isClosed || bytes.IsEmpty)
        {
            return;
        }

        try
        {
            if (_socket.Send(bytes, SocketFlags.None, out var error) == bytes.Length)
            {
                return;
            }

            if (error is SocketError.Success or SocketError.WouldBlock)
            {
                _server.CountDropped();
            }
        }
        catch (ObjectDisposedException)
        {
            // Its own thread has just ended it.
        }

        Close();
    }
}
