using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>A broker that takes every connection, answers a client's packets with what a test wrote down, and then says no more.</summary>
internal sealed class ScriptedBroker : IDisposable
{
    /// <summary>MQTT 3.1.1, 3.2: the log-in is accepted.</summary>
    public static readonly byte[] Welcome = [0x20, 2, 0, 0];

    /// <summary>3.9: the first subscription, to one topic, is granted.</summary>
    public static readonly byte[] FirstGranted = [0x90, 3, 0, 1, 1];

    /// <summary>3.9: the second subscription, to two topics, is granted.</summary>
    public static readonly byte[] SecondGranted = [0x90, 4, 0, 2, 1, 1];

    /// <summary>3.3: a head of an edge, with QoS 0.</summary>
    public static readonly byte[] Head = [0x30, 20, 0, 16, .. "edge/v1/g/e/head"u8, .. "[]"u8];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly byte[][] _answers;
    private int _packets;
    private int _connections;

    public ScriptedBroker(params byte[][] answers)
    {
        _answers = answers;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Pieces received over all connections; a small packet comes in one.</summary>
    public int Packets => Volatile.Read(ref _packets);

    /// <summary>Says something to everybody by itself.</summary>
    public void Tell(byte[] packet)
    {
        lock (_clients)
        {
            foreach (var client in _clients.Where(client => client.Connected))
            {
                Write(client, packet);
            }
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        lock (_clients)
        {
            _clients.ForEach(client => client.Dispose());
        }
    }

    private static void Write(TcpClient client, byte[] packet)
    {
        try
        {
            client.GetStream().Write(packet);
        }
        catch (Exception cause) when (cause is IOException or InvalidOperationException)
        {
            // It has left.
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                lock (_clients)
                {
                    _clients.Add(client);
                }

                Interlocked.Increment(ref _connections);
                _ = AnswerAsync(client.GetStream());
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            var buffer = new byte[64 * 1_024];
            for (var packet = 0; await stream.ReadAsync(buffer) > 0; packet++)
            {
                Interlocked.Increment(ref _packets);
                if (packet < _answers.Length)
                {
                    await stream.WriteAsync(_answers[packet]);
                }
            }
        }
        catch (Exception cause) when (cause is IOException or ObjectDisposedException)
        {
            // The client left, or the test is over.
        }
    }
}
