using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary>A client of MQTT 3.1.1 that does only what it is told, byte for byte: it never acknowledges, never pings, and may lie about lengths.</summary>
internal sealed class MqttSocket : IDisposable
{
    public const byte ConnAck = 0x20;
    public const byte PubAck = 0x40;
    public const byte SubAck = 0x90;
    public const byte UnsubAck = 0xB0;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly TcpClient _client = new();

    public static async Task<MqttSocket> ConnectAsync(int port)
    {
        var socket = new MqttSocket();
        await socket._client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Connects, and waits until the broker has closed that connection, which may be before this side has it whole.</summary>
    public static async Task ConnectUntilClosedAsync(int port)
    {
        try
        {
            using var socket = await ConnectAsync(port);
            await socket.UntilClosedAsync();
        }
        catch (SocketException cut) when (cut.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Cut off rather than closed: it is the same.
        }
    }

    /// <summary>CONNECT (3.1) as a user of the scene; the session outlives the connection when it is not clean.</summary>
    public async Task LogInAsync(string clientId, ushort keepAlive, bool clean = true)
    {
        byte[] head = [.. Text("MQTT"), 4, (byte)(0xC0 | (clean ? 2 : 0)), .. Number(keepAlive)];
        await SendAsync(0x10, [.. head, .. Text(clientId), .. Text("all"), .. Text(BrokerScene.Password)]);
        Assert.Equal((ConnAck, 0), (await ReadAsync() is var (kind, body) ? (kind, body[1]) : default));
    }

    /// <summary>SUBSCRIBE (3.8) at QoS 1; returns what was granted, 0x80 when it was denied.</summary>
    public async Task<byte> SubscribeAsync(string filter)
    {
        await SendAsync(0x82, [0, 1, .. Text(filter), 1]);
        var (kind, body) = await ReadAsync();
        Assert.Equal(SubAck, kind);
        return body[^1];
    }

    public async Task UnsubscribeAsync(string filter)
    {
        await SendAsync(0xA2, [0, 1, .. Text(filter)]);
        Assert.Equal(UnsubAck, (await ReadAsync()).Kind);
    }

    /// <summary>PUBLISH at QoS 1 (3.3).</summary>
    public Task PublishAsync(string topic, ushort id, byte[] payload, bool retain = false) =>
        SendAsync((byte)(0x32 | (retain ? 1 : 0)), [.. Text(topic), .. Number(id), .. payload]);

    public async Task SendAsync(byte kind, byte[] body) => await SendRawAsync([kind, .. Length(body.Length), .. body]);

    public async Task SendRawAsync(byte[] bytes) => await _client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The next packet: its first byte without the flags, and its body.</summary>
    public async Task<(byte Kind, byte[] Body)> ReadAsync()
    {
        using var limit = Limit();
        var one = new byte[1];
        await _client.GetStream().ReadExactlyAsync(one, limit.Token);
        var kind = (byte)(one[0] & 0xF0);
        var length = 0;
        for (var shift = 0; shift == 0 || one[0] >= 0x80; shift += 7)
        {
            await _client.GetStream().ReadExactlyAsync(one, limit.Token);
            length |= (one[0] & 0x7F) << shift;
        }

        var body = new byte[length];
        await _client.GetStream().ReadExactlyAsync(body, limit.Token);
        return (kind, body);
    }

    /// <summary>Waits until the broker has closed the connection; whatever comes before is thrown away.</summary>
    public async Task UntilClosedAsync()
    {
        using var limit = Limit();
        try
        {
            while (await _client.GetStream().ReadAsync(new byte[65_536], limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Cut off rather than closed: it is the same.
        }
    }

    public void Dispose() => _client.Dispose();

    private static byte[] Text(string text) => [.. Number((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(ushort number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>Variable Byte Integer (2.2.3).</summary>
    public static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);

        return [.. bytes];
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(AnswerLimit);
        return limit;
    }
}
