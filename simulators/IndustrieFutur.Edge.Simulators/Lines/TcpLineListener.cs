using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>Lets a simulated device speak to TCP clients, each on a thread of its own, as a small controller does.</summary>
internal sealed class TcpLineListener : IDisposable
{
    /// <summary>A client that reads nothing for so long is hung up on; a simulator waits for nobody.</summary>
    private const int WriteTimeoutMillis = 1_000;

    /// <summary>How often a waiting thread looks whether it is to stop: a stop takes under a second.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly LineProtocol _protocol;
    private readonly LineFaults _faults;
    private readonly Socket _listener;
    private readonly Thread _accepting;
    private readonly List<Thread> _serving = [];
    private volatile bool _stopping;

    /// <summary>Port 0 takes any that is free.</summary>
    public TcpLineListener(LineProtocol protocol, IPEndPoint endPoint, LineFaults faults)
    {
        _protocol = protocol;
        _faults = faults;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endPoint);
            _listener.Listen(protocol.ClientsMax);
        }
        catch (SocketException cause)
        {
            _listener.Dispose();
            throw new LinkBrokenException($"Nothing can listen on {endPoint}: {cause.Message}. Choose another port, or end what uses this one.", cause);
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = new Thread(Accept) { Name = $"simulated device on {EndPoint}", IsBackground = true };
        _accepting.Start();
    }

    /// <summary>Where clients find it.</summary>
    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _stopping = true;
        _accepting.Join();
        foreach (var thread in _serving)
        {
            thread.Join();
        }

        _listener.Dispose();
    }

    private void Accept()
    {
        while (!_stopping)
        {
            if (!_listener.Poll(LookEvery, SelectMode.SelectRead))
            {
                continue;
            }

            var client = _listener.Accept();
            _serving.RemoveAll(thread => !thread.IsAlive);
            if (_serving.Count == _protocol.ClientsMax)
            {
                client.Dispose();
                continue;
            }

            client.NoDelay = true;
            client.SendTimeout = WriteTimeoutMillis;
            var thread = new Thread(() => Serve(client)) { Name = $"client of {EndPoint}", IsBackground = true };
            _serving.Add(thread);
            thread.Start();
        }
    }

    private void Serve(Socket client)
    {
        using var link = new FaultyLink(new SocketLink(client), _faults, isConnection: true, () => _stopping);
        try
        {
            var conversation = _protocol.OnTcp(link);
            while (!_stopping)
            {
                conversation(LinkClock.NowNanos() + (LookEvery.Ticks * TimeSpan.NanosecondsPerTick));
            }
        }
        catch (LinkBrokenException)
        {
            // The client went away or spoke something else; the next one is welcome.
        }
    }
}
