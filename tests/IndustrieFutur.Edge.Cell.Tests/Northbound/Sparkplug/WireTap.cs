using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>Between a client and a real broker: passes every byte on, and keeps the packets of the client, connection by connection.</summary>
internal sealed class WireTap : IDisposable
{
    private readonly int _brokerPort;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<List<byte>> _heard = [];
    private readonly List<Socket> _open = [];

    public WireTap(int brokerPort)
    {
        _brokerPort = brokerPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections so far, ended ones too.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
            {
                return _heard.Count;
            }
        }
    }

    /// <summary>The client's connections that are open.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>What the client has sent on one of its connections.</summary>
    public IReadOnlyList<WirePacket> Packets(int connection)
    {
        byte[] bytes;
        lock (_gate)
        {
            bytes = [.. _heard[connection]];
        }

        return WirePacket.ReadAll(bytes);
    }

    /// <summary>Cuts every connection without a word.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _open.ForEach(socket => socket.Dispose());
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket client)
    {
        var heard = new List<byte>();
        lock (_gate)
        {
            _heard.Add(heard);
            _open.Add(client);
        }

        using var broker = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            await broker.ConnectAsync(IPAddress.Loopback, _brokerPort);
            await Task.WhenAny(PassAsync(client, broker, heard), PassAsync(broker, client, null));
        }
        catch (SocketException)
        {
            // The broker is away: the client is told by the end of its connection.
        }

        lock (_gate)
        {
            _open.Remove(client);
        }

        client.Dispose();
    }

    private async Task PassAsync(Socket from, Socket to, List<byte>? heard)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                lock (_gate)
                {
                    heard?.AddRange(buffer.AsSpan(0, length));
                }

                await to.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // One side has gone.
        }
    }
}
