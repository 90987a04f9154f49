using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Transport;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>Whatever listens or knocks that is no OPC UA peer is told apart, named, and left within its time.</summary>
public sealed class StrangePeerTests
{
    private static readonly ChannelSettings Impatient = new() { RequestTimeout = TimeSpan.FromMilliseconds(300) };

    [Theory]
    [InlineData("485454502F312E312034303020426164", 0x807E0000)]
    [InlineData("41434B461C0000000000000000000000000000000000000000000000", 0x80AC0000)]
    [InlineData("41434B46080000000000", 0x80070000)]
    [InlineData("41434B46FFFFFF7F", 0x80800000)]
    [InlineData("4552524610000000000083800000000000", 0x80830000)]
    [InlineData("4D53474618000000010000000100000001000000010000000000", 0x807E0000)]
    [InlineData("", 0x800A0000)]
    public void An_answer_to_our_Hello_that_is_none_is_named(string hex, uint status)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var address = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        Socket? accepted = null;
        var thread = new Thread(() =>
        {
            accepted = listener.Accept();
            accepted.Send(Convert.FromHexString(hex));
        });
        thread.Start();

        var named = Assert.ThrowsAny<UaException>(() => ClientChannel.Open(address, ChannelSecurity.None, Impatient, CancellationToken.None));

        Assert.Equal(status, named.Status);
        thread.Join();
        accepted!.Dispose();
    }

    [Fact]
    public void A_stop_ends_the_wait_for_an_Acknowledge()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var address = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => ClientChannel.Open(address, ChannelSecurity.None, new ChannelSettings(), stop.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("474554202F20485454502F312E310D0A", 0x807E0000)]
    [InlineData("48454C4620000000000000000001000000010000000000000000000000000000", 0x80AC0000)]
    [InlineData("48454C46FFFFFFFF", 0x80800000)]
    [InlineData("4D53474618000000010000000100000001000000010000000000", 0x807E0000)]
    [InlineData("48454C46", 0x800A0000)]
    public void A_client_that_is_none_is_told_and_left(string hex, uint status)
    {
        using var pair = new SocketPair();
        pair.Far.Send(Convert.FromHexString(hex));
        var settings = LoopbackServer.Settings with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) };

        var named = Assert.ThrowsAny<UaException>(() => ServerChannel.Accept(pair.Near, settings, CancellationToken.None));

        Assert.Equal(status, named.Status);
        var answer = new byte[64];
        Assert.Equal(16, pair.Far.Receive(answer));
        Assert.Equal(status, Handshake.ReadError(answer.AsSpan(0, 16), "us").Status);
    }

    [Fact]
    public void A_channel_that_is_opened_twice_is_refused()
    {
        using var server = new LoopbackServer(LoopbackServer.Settings, LoopbackServer.Echo);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, server.Address.Port);
        var hello = Handshake.WriteHello(new MessageBuffer(Handshake.MessageBytesMax), new ChannelLimits(), "opc.tcp://x").ToArray();

        socket.Send([.. hello, .. hello]);

        var ended = Assert.IsType<UaException>(server.End());
        Assert.Equal(StatusCodes.BadTcpMessageTypeInvalid, ended.Status);
    }
}
