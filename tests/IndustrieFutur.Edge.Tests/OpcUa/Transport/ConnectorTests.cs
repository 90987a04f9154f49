using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Transport;

/// <summary>A connection is made, or it is said in plain words why not; a dead machine holds nobody beyond his time.</summary>
public sealed class ConnectorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_server_that_listens_is_reached_by_name_and_by_address()
    {
        using var listener = Listen(1);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        using var byAddress = Connector.Connect(EndpointAddress.Parse($"opc.tcp://127.0.0.1:{port}"), Timeout, CancellationToken.None);
        using var byName = Connector.Connect(EndpointAddress.Parse($"opc.tcp://localhost:{port}"), Timeout, CancellationToken.None);

        Assert.Equal($"127.0.0.1:{port}", byAddress.Peer);
        Assert.Equal($"localhost:{port}", byName.Peer);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_told()
    {
        int port;
        using (var listener = Listen(1))
        {
            port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        }

        var refused = Assert.Throws<UaException>(() => Connector.Connect(EndpointAddress.Parse($"opc.tcp://127.0.0.1:{port}"), Timeout, CancellationToken.None));

        Assert.Equal(StatusCodes.BadNotConnected, refused.Status);
        Assert.Contains("nothing listens on this port", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nobody_knows_is_told()
    {
        var unknown = Assert.Throws<UaException>(
            () => Connector.Connect(EndpointAddress.Parse("opc.tcp://no-such-plc.invalid"), TimeSpan.FromSeconds(2), CancellationToken.None));

        Assert.Equal(StatusCodes.BadNotConnected, unknown.Status);
        Assert.Contains("no-such-plc.invalid", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_does_not_answer_is_given_up_in_time()
    {
        using var listener = Listen(0);
        using var queue = new FullQueue(listener);
        var watch = Stopwatch.StartNew();

        var silent = Assert.Throws<UaException>(() => Connector.Connect(queue.Address, TimeSpan.FromMilliseconds(300), CancellationToken.None));

        Assert.Contains("does not answer within 0.3 s", silent.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_stop_ends_the_wait_for_a_machine_that_does_not_answer()
    {
        using var listener = Listen(0);
        using var queue = new FullQueue(listener);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => Connector.Connect(queue.Address, TimeSpan.FromSeconds(30), stop.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    private static Socket Listen(int backlog)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }
}
