using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Simulators;

/// <summary>Serves a simulated device to Modbus TCP clients, each on a thread of its own, as a small PLC does.</summary>
internal sealed class ModbusTcpListener : IDisposable
{
    /// <summary>Most PLCs take four to eight connections; one more is closed at once.</summary>
    private const int ClientsMax = 8;

    /// <summary>How often a waiting thread looks whether it is to stop: a stop takes under a second.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly IModbusDevice _device;
    private readonly byte _unit;
    private readonly Socket _listener;
    private readonly Thread _accepting;
    private readonly List<Thread> _serving = [];
    private volatile bool _stopping;

    /// <summary>Port 0 takes any that is free.</summary>
    public ModbusTcpListener(IModbusDevice device, byte unit, IPEndPoint endPoint)
    {
        _device = device;
        _unit = unit;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endPoint);
            _listener.Listen(ClientsMax);
        }
        catch (SocketException cause)
        {
            _listener.Dispose();
            throw new LinkBrokenException($"Nothing can listen on {endPoint}: {cause.Message}. Choose another port, or end what uses this one.", cause);
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = new Thread(Accept) { Name = $"modbus tcp {EndPoint}", IsBackground = true };
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
            if (_serving.Count == ClientsMax)
            {
                client.Dispose();
                continue;
            }

            client.NoDelay = true;
            var thread = new Thread(() => Serve(client)) { Name = $"modbus tcp client {client.RemoteEndPoint}", IsBackground = true };
            _serving.Add(thread);
            thread.Start();
        }
    }

    private void Serve(Socket client)
    {
        using var link = new SocketLink(client);
        var server = new ModbusServer(_device, ModbusFraming.Tcp, _unit);
        try
        {
            while (!_stopping)
            {
                server.Serve(link, LinkClock.NowNanos() + (LookEvery.Ticks * TimeSpan.NanosecondsPerTick));
            }
        }
        catch (LinkBrokenException)
        {
            // The client went away or spoke something else; the next one is welcome.
        }
    }
}
