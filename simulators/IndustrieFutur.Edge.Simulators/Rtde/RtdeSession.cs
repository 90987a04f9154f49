using System.Buffers.Binary;
using System.Net.Sockets;
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

    /// <summary>Who its texts are from.</summary>
    private const string Source = "cell-sim";

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly RtdeServer _server;
    private readonly RtdePacketWriter _writer = new();
    private readonly byte[] _held = new byte[HeldBytesMax];
    private int _heldBytes;
    private RtdeOutputRecipe? _recipe;
    private int _version = 1;
    private int _every = 1;
    private byte _recipeId;
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
            while (!_isClosed && !_server.IsStopping && HandleAll(reader))
            {
                reader.Fill(LinkClock.NowNanos() + LookEveryNanos);
            }
        }
        catch (LinkBrokenException)
        {
            // The client went away; the next one is welcome.
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

            SendPackage(_recipe!.Package(timestamp, source));
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

    /// <summary>False: what came cannot be a packet, and where the next one begins is not known.</summary>
    private bool HandleAll(RtdePacketReader reader)
    {
        try
        {
            while (reader.TryTake(out var packet))
            {
                Handle(packet);
            }

            return true;
        }
        catch (LinkBrokenException)
        {
            Say(new RtdeText(
                $"What came cannot be a packet of RTDE: its size must be {RtdeLimits.HeaderBytes} to {RtdeLimits.ControlBytesMax} bytes, big-endian, itself and the type included. The connection is closed.",
                Source,
                RtdeTextLevel.Exception));
            return false;
        }
    }

    private void Handle(RtdePacket packet)
    {
        lock (_gate)
        {
            if (_server.Chatter is { } text && packet.Type != RtdePacketType.RequestProtocolVersion)
            {
                Say(text);
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
                    SetUpOutputs(packet.Payload);
                    break;
                case RtdePacketType.SetupInputs:
                    SetUpInputs(packet.Payload);
                    break;
                case RtdePacketType.Start:
                    _isStarted = _recipe is not null;
                    Send(_writer.Accepted(packet.Type, _isStarted));
                    break;
                case RtdePacketType.Pause:
                    _isStarted = false;
                    Send(_writer.Accepted(packet.Type, true));
                    break;
                case RtdePacketType.TextMessage:
                    // For the log of a pendant, which there is none of; the guide gives it no answer.
                    break;
                case RtdePacketType.DataPackage:
                    Complain("Values for inputs came, and no recipe of inputs is set up: this controller takes none. They are thrown away.", RtdeTextLevel.Warning);
                    break;
                default:
                    Complain($"A packet of type {(byte)packet.Type} is not known; it is one of V, v, M, U, O, I, S, P. It is passed over.", RtdeTextLevel.Error);
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

    /// <summary>A recipe that is refused, or has a field that is not to be had, gets the number 0, and none is left to start.</summary>
    private void SetUpOutputs(ReadOnlySpan<byte> payload)
    {
        var request = RtdeOutputRequest.Parse(payload, _version);
        var answers = request.Names.Select(_server.AnswerTo).ToArray();
        if (request.Remark.Length > 0)
        {
            Complain(request.Remark, request.IsGranted ? RtdeTextLevel.Warning : RtdeTextLevel.Error);
        }

        byte? id = _version == 1 ? null : NextRecipeId();
        _isStarted = false;
        _every = request.EveryCycles;
        _recipe = request.IsGranted ? RtdeOutputRecipe.Of(id, request.Names, answers) : null;
        Send(_writer.OutputTypes(_recipe is null && id is not null ? (byte)0 : id, string.Join(',', answers)));
    }

    /// <summary>0 is the number of a recipe that is none.</summary>
    private byte NextRecipeId() => _recipeId = (byte)(_recipeId == byte.MaxValue ? 1 : _recipeId + 1);

    /// <summary>Inputs would move the arm: none is to be had, and a recipe of them is invalid, which is the number 0 (the RTDE guide).</summary>
    private void SetUpInputs(ReadOnlySpan<byte> payload)
    {
        var names = RtdeNameList.Parse(payload, out var refusal);
        Complain(refusal.Length > 0 ? refusal : "This simulated controller takes no inputs; its outputs can be read.", RtdeTextLevel.Warning);
        Send(_writer.InputTypes(0, string.Join(',', names.Select(_server.AnswerToInput))));
    }

    /// <summary>Says what is wrong with what the client asked for, before it gets the answer to it.</summary>
    private void Complain(string sentence, RtdeTextLevel level) => Say(new RtdeText(sentence, Source, level));

    private void SendPackage(ReadOnlySpan<byte> package)
    {
        if (!_server.SplitsPackets || _server.IsStalled)
        {
            Send(package);
            return;
        }

        // The rest of the one before, then the first bytes of this one; the cut wanders through all places.
        SendHeld();
        _cut = (_cut % (package.Length - 1)) + 1;
        SendNow(package[.._cut]);
        Hold(package[_cut..]);
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
