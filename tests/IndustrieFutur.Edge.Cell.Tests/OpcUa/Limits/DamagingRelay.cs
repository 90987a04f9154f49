using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>A cable to a server that damages what the client sends, greetings, headers and encrypted bytes alike; one connection at a time.</summary>
internal sealed class DamagingRelay : IDisposable
{
    /// <summary>One piece in so many is damaged: connections live long enough to come to their later messages.</summary>
    private const int DamagedOneIn = 4;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly EndPoint _server;
    private readonly Mutator _mutator;
    private readonly Random _random;
    private readonly byte[] _piece = new byte[65_536];
    private readonly Thread _thread;
    private volatile bool _isOver;

    public DamagingRelay(EndpointAddress server, int seed)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _mutator = new Mutator(seed);
        _random = new Random(seed);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _thread = new Thread(Run) { IsBackground = true, Name = "damaging relay" };
        _thread.Start();
    }

    public EndpointAddress Address { get; }

    public long Damaged { get; private set; }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _listener.Dispose();
    }

    private void Run()
    {
        while (!_isOver)
        {
            if (_listener.Poll(Look, SelectMode.SelectRead))
            {
                using var client = _listener.Accept();
                using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                Relay(client, server);
            }
        }
    }

    private void Relay(Socket client, Socket server)
    {
        try
        {
            server.Connect(_server);
            while (!_isOver && Carry(client, server, isDamaged: true) && Carry(server, client, isDamaged: false))
            {
                var ready = new List<Socket> { client, server };
                Socket.Select(ready, null, null, Look);
            }
        }
        catch (SocketException)
        {
            // One of the two has hung up: so does the other.
        }
    }

    /// <summary>False when that end has hung up.</summary>
    private bool Carry(Socket from, Socket to, bool isDamaged)
    {
        if (!from.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            return true;
        }

        var count = from.Receive(_piece);
        if (isDamaged && count > 0 && _random.Next(DamagedOneIn) == 0)
        {
            Damaged++;
            to.Send(_mutator.Buffer.AsSpan(0, _mutator.Next([_piece[..count]])));
            return true;
        }

        to.Send(_piece.AsSpan(0, count));
        return count > 0;
    }
}
