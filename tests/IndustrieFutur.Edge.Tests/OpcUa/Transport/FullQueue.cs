using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.Transport;

namespace IndustrieFutur.Edge.Tests.OpcUa.Transport;

/// <summary>Fills the queue of a listener that accepts nobody: the system drops whoever comes next, as a dead machine would.</summary>
internal sealed class FullQueue : IDisposable
{
    private const int SocketsMax = 16;

    private readonly List<Socket> _waiting = [];

    public FullQueue(Socket listener)
    {
        var place = (IPEndPoint)listener.LocalEndPoint!;
        Address = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{place.Port}");
        while (_waiting.Count < SocketsMax && IsTaken(place))
        {
        }
    }

    public EndpointAddress Address { get; }

    public void Dispose() => _waiting.ForEach(socket => socket.Dispose());

    private bool IsTaken(IPEndPoint place)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Add(socket);
        return socket.ConnectAsync(place).Wait(TimeSpan.FromMilliseconds(200));
    }
}
