using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>A broker that does what a test tells it, where a real one cannot: withholds acknowledgements, refuses, forgets, counts what is on its way.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private const byte Version5 = 5;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<ScriptedMessage> _telemetry = [];
    private readonly List<ScriptedConnect> _connects = [];
    private readonly Queue<ushort> _held = new();
    private readonly Task _serving;
    private TcpClient? _client;
    private byte _level;
    private int _onTheirWay;

    public ScriptedBroker()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ushort ReceiveMax { get; set; } = ushort.MaxValue;

    public uint PacketBytesMax { get; set; } = 1 << 20;

    public bool IsSessionPresent { get; set; }

    public bool HangsUpOnVersion5 { get; set; }

    /// <summary>Telemetry is acknowledged only when so many messages wait for it: the oldest of them. 0: at once.</summary>
    public int HeldMax { get; set; }

    /// <summary>The reason code that is answered (MQTT 5, 3.4.2.1) to topics that end so.</summary>
    public byte Answer { get; set; }

    public string AnsweredTopic { get; set; } = "/telemetry";

    /// <summary>Sent to whoever subscribes.</summary>
    public (string Topic, byte[] Payload)? Retained { get; set; }

    /// <summary>The most messages of QoS 1 that were not acknowledged at a time.</summary>
    public int MostOnTheirWay { get; private set; }

    public ScriptedMessage[] Telemetry
    {
        get
        {
            lock (_gate)
            {
                return [.. _telemetry];
            }
        }
    }

    public ScriptedConnect[] Connects
    {
        get
        {
            lock (_gate)
            {
                return [.. _connects];
            }
        }
    }

    /// <summary>Acknowledges what is held, and from now on all of it at once.</summary>
    public async Task ReleaseAsync()
    {
        HeldMax = 0;
        while (TryTakeHeld(0, out var id))
        {
            await AcknowledgeAsync(id, 0);
        }
    }

    /// <summary>Sent now to the one who is connected.</summary>
    public Task SayAsync(string topic, byte[] payload) => PublishAsync(0x30, topic, payload);

    public void HangUp()
    {
        lock (_gate)
        {
            _client?.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        HangUp();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
        _writing.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                Begin(client);
                await TalkAsync(client.GetStream());
            }
            catch (Exception cause) when (cause is IOException or ObjectDisposedException or OperationCanceledException or SocketException or InvalidOperationException)
            {
                // This connection is over.
            }
        }
    }

    private void Begin(TcpClient client)
    {
        lock (_gate)
        {
            _client = client;
            _held.Clear();
            _onTheirWay = 0;
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        while (true)
        {
            var packet = await MqttPacket.ReadAsync(stream, _ending.Token);
            if (packet.Kind == 14 || (packet.Kind == 1 && !await AcceptAsync(packet)))
            {
                return;
            }

            switch (packet.Kind)
            {
                case 3:
                    await TakeAsync(packet);
                    break;
                case 8:
                    await SubscribeAsync(packet);
                    break;
                case 12:
                    await WriteAsync(MqttPacket.Write(0xD0));
                    break;
            }
        }
    }

    private async Task<bool> AcceptAsync(MqttPacket packet)
    {
        packet.ReadText();
        _level = packet.ReadByte();
        var flags = packet.ReadByte();
        packet.ReadNumber16();
        var expiry = _level == Version5 ? packet.ReadProperties() : 0;
        lock (_gate)
        {
            _connects.Add(new ScriptedConnect(_level, flags, expiry));
        }

        if (_level == Version5 && HangsUpOnVersion5)
        {
            return false;
        }

        var limits = new byte[5];
        limits[0] = 39;
        BinaryPrimitives.WriteUInt32BigEndian(limits.AsSpan(1), PacketBytesMax);
        byte[] acknowledge = [IsSessionPresent ? (byte)1 : (byte)0, 0];
        await WriteAsync(_level == Version5
            ? MqttPacket.Write(0x20, acknowledge, [8, 33], MqttPacket.Number16(ReceiveMax), limits)
            : MqttPacket.Write(0x20, acknowledge));
        return true;
    }

    private async Task TakeAsync(MqttPacket packet)
    {
        var topic = packet.ReadText();
        if (packet.QualityOfService == 0)
        {
            return;
        }

        var id = packet.ReadNumber16();
        if (_level == Version5)
        {
            packet.ReadProperties();
        }

        var isTelemetry = topic.EndsWith("/telemetry", StringComparison.Ordinal);
        Count(packet, isTelemetry, id);
        var answer = topic.EndsWith(AnsweredTopic, StringComparison.Ordinal) ? Answer : (byte)0;
        if (!isTelemetry)
        {
            await AcknowledgeAsync(id, answer);
            return;
        }

        while (TryTakeHeld(HeldMax - 1, out var oldest))
        {
            await AcknowledgeAsync(oldest, answer);
        }
    }

    private void Count(MqttPacket packet, bool isTelemetry, ushort id)
    {
        lock (_gate)
        {
            MostOnTheirWay = Math.Max(MostOnTheirWay, ++_onTheirWay);
            if (isTelemetry)
            {
                _telemetry.Add(new ScriptedMessage(_connects.Count, packet.PacketBytes, packet.Rest));
                _held.Enqueue(id);
            }
        }
    }

    private bool TryTakeHeld(int keep, out ushort id)
    {
        lock (_gate)
        {
            id = 0;
            return _held.Count > Math.Max(0, keep) && _held.TryDequeue(out id);
        }
    }

    private async Task AcknowledgeAsync(ushort id, byte answer)
    {
        lock (_gate)
        {
            _onTheirWay--;
        }

        byte[] reason = _level == Version5 && answer != 0 ? [answer] : [];
        await WriteAsync(MqttPacket.Write(0x40, MqttPacket.Number16(id), reason));
    }

    private async Task SubscribeAsync(MqttPacket packet)
    {
        var id = packet.ReadNumber16();
        byte[] none = _level == Version5 ? [0] : [];
        if (_level == Version5)
        {
            packet.ReadProperties();
        }

        var granted = new List<byte>();
        while (!packet.IsAtEnd)
        {
            packet.ReadText();
            packet.ReadByte();
            granted.Add(1);
        }

        await WriteAsync(MqttPacket.Write(0x90, MqttPacket.Number16(id), none, [.. granted]));
        if (Retained is { } retained)
        {
            await PublishAsync(0x31, retained.Topic, retained.Payload);
        }
    }

    private async Task PublishAsync(byte kind, string topic, byte[] payload)
    {
        byte[] none = _level == Version5 ? [0] : [];
        await WriteAsync(MqttPacket.Write(kind, MqttPacket.Text(topic), none, payload));
    }

    private async Task WriteAsync(byte[] packet)
    {
        await _writing.WaitAsync(_ending.Token);
        try
        {
            await _client!.GetStream().WriteAsync(packet, _ending.Token);
        }
        finally
        {
            _writing.Release();
        }
    }
}
