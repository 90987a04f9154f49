using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Protocols.Links;

/// <summary>TCP connections on loopback: deadlines, plain words for what goes wrong, no allocation.</summary>
public sealed class TcpLinkTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TcpLinkTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Bytes_pass_both_ways()
    {
        using var link = TcpLink.Connect("127.0.0.1", Port, Timeout, TestContext.Current.CancellationToken);
        using var device = _listener.AcceptSocket();
        var buffer = new byte[16];

        link.Write("question"u8);
        var asked = device.Receive(buffer);
        device.Send("answer"u8);
        var answered = ReadAtLeast(link, buffer.AsSpan(8), 6);

        Assert.Equal(8, asked);
        Assert.Equal(6, answered);
        Assert.Equal("questionanswer"u8, buffer.AsSpan(0, 14));
    }

    [Fact]
    public void A_read_ends_at_its_deadline_without_bytes()
    {
        using var link = TcpLink.Connect("127.0.0.1", Port, Timeout, TestContext.Current.CancellationToken);
        var deadline = LinkClock.NowNanos() + 100_000_000;

        var count = link.Read(new byte[16], deadline);

        Assert.Equal(0, count);
        Assert.InRange(LinkClock.NowNanos() - deadline, 0, 1_000_000_000);
    }

    [Fact]
    public void What_was_not_read_can_be_thrown_away()
    {
        using var link = TcpLink.Connect("127.0.0.1", Port, Timeout, TestContext.Current.CancellationToken);
        using var device = _listener.AcceptSocket();
        var buffer = new byte[16];
        device.Send("late answer"u8);
        Assert.Equal(1, link.Read(buffer.AsSpan(0, 1), LinkClock.NowNanos() + 5_000_000_000));

        link.DiscardInput();
        device.Send("new"u8);
        var count = ReadAtLeast(link, buffer, 3);

        Assert.Equal("new"u8, buffer.AsSpan(0, count));
    }

    [Fact]
    public void A_device_that_closes_the_connection_breaks_the_link()
    {
        using var link = TcpLink.Connect("127.0.0.1", Port, Timeout, TestContext.Current.CancellationToken);
        _listener.AcceptSocket().Dispose();

        var broken = Assert.Throws<LinkBrokenException>(() => link.Read(new byte[16], LinkClock.NowNanos() + 5_000_000_000));

        Assert.Contains($"127.0.0.1:{Port} is gone: the device closed it", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_told_from_a_device_that_is_off()
    {
        var port = Port;
        _listener.Stop();

        var refused = Assert.Throws<LinkBrokenException>(
            () => TcpLink.Connect("127.0.0.1", port, Timeout, TestContext.Current.CancellationToken));

        Assert.Contains("refuses the connection", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_does_not_accept_in_time_is_given_up()
    {
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var first = TcpLink.Connect("127.0.0.1", port, Timeout, TestContext.Current.CancellationToken);

        var tooLate = Assert.Throws<LinkBrokenException>(
            () => TcpLink.Connect("127.0.0.1", port, TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken));

        Assert.Contains("does not answer within 0.2 s", tooLate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connect_that_is_cancelled_ends_at_once()
    {
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var first = TcpLink.Connect("127.0.0.1", port, Timeout, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var start = LinkClock.NowNanos();

        Assert.ThrowsAny<OperationCanceledException>(() => TcpLink.Connect("127.0.0.1", port, Timeout, stop.Token));

        Assert.InRange(LinkClock.NowNanos() - start, 0, 1_000_000_000);
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        const int RoundTrips = 2_000;
        using var link = TcpLink.Connect("127.0.0.1", Port, Timeout, TestContext.Current.CancellationToken);
        using var device = _listener.AcceptSocket();
        var buffer = new byte[64];

        Assert.Equal(0, AllocationGuard.BytesOf(() => RoundTrip(link, device, buffer, RoundTrips)));
    }

    private static void RoundTrip(TcpLink link, Socket device, byte[] buffer, int times)
    {
        for (var i = 0; i < times; i++)
        {
            link.Write("question"u8);
            device.Receive(buffer);
            device.Send("answer"u8);
            ReadAtLeast(link, buffer, 6);
        }
    }

    private static int ReadAtLeast(TcpLink link, Span<byte> buffer, int count)
    {
        var have = 0;
        while (have < count)
        {
            var read = link.Read(buffer[have..], LinkClock.NowNanos() + 5_000_000_000);
            if (read == 0)
            {
                Assert.Fail($"{have} of {count} bytes came within five seconds");
            }

            have += read;
        }

        return have;
    }
}
