using System.Diagnostics;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Transport;

/// <summary>A wait on the network ends: by bytes, at its deadline, at a stop, or with the connection; and it makes no garbage.</summary>
public sealed class UaSocketTests
{
    private const long SecondNanos = 1_000_000_000;

    /// <summary>A stop is seen within 50 ms; the rest is for a machine that does other things too.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_silent_peer_is_waited_for_until_the_deadline()
    {
        using var pair = new SocketPair();
        using var socket = new UaSocket(pair.Near, "plc:4840", CancellationToken.None);
        var untilNanos = MonoTime.NowNanos() + (SecondNanos / 20);

        var count = socket.Receive(new byte[16], untilNanos);

        Assert.Equal(0, count);
        Assert.True(MonoTime.NowNanos() >= untilNanos);
    }

    [Fact]
    public void A_stop_ends_a_wait_for_bytes()
    {
        using var pair = new SocketPair();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        using var socket = new UaSocket(pair.Near, "plc:4840", stop.Token);
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => socket.Receive(new byte[16], MonoTime.NowNanos() + (60 * SecondNanos)));

        Assert.True(watch.Elapsed < StopLimit, $"{watch.Elapsed}");
    }

    [Fact]
    public void A_stop_ends_a_wait_for_a_peer_that_takes_nothing()
    {
        using var pair = new SocketPair();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        using var socket = new UaSocket(pair.Near, "plc:4840", stop.Token);
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => socket.Send(new byte[64 * 1024 * 1024], MonoTime.NowNanos() + (60 * SecondNanos)));

        Assert.True(watch.Elapsed < StopLimit + StopLimit, $"{watch.Elapsed}");
    }

    [Fact]
    public void After_a_stop_a_farewell_can_still_be_waited_for()
    {
        using var pair = new SocketPair();
        using var stop = new CancellationTokenSource();
        using var socket = new UaSocket(pair.Near, "plc:4840", stop.Token);
        stop.Cancel();
        socket.IgnoreStop();
        pair.Far.Send("bye"u8);

        Assert.Equal(3, socket.Receive(new byte[16], MonoTime.NowNanos() + (5 * SecondNanos)));
    }

    [Fact]
    public void A_peer_that_takes_nothing_is_given_up_at_the_deadline()
    {
        using var pair = new SocketPair();
        using var socket = new UaSocket(pair.Near, "plc:4840", CancellationToken.None);

        var gone = Assert.Throws<UaException>(() => socket.Send(new byte[64 * 1024 * 1024], MonoTime.NowNanos() + (SecondNanos / 20)));

        Assert.Equal(StatusCodes.BadTimeout, gone.Status);
        Assert.Contains("plc:4840", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_that_hangs_up_is_told_from_one_that_is_silent()
    {
        using var pair = new SocketPair();
        using var socket = new UaSocket(pair.Near, "plc:4840", CancellationToken.None);
        pair.Far.Dispose();

        var gone = Assert.Throws<UaException>(() => socket.Receive(new byte[16], MonoTime.NowNanos() + (5 * SecondNanos)));

        Assert.Equal(StatusCodes.BadConnectionClosed, gone.Status);
    }

    [Fact]
    public void Sending_waiting_and_receiving_make_no_garbage()
    {
        using var pair = new SocketPair();
        using var stop = new CancellationTokenSource();
        using var socket = new UaSocket(pair.Near, "plc:4840", stop.Token);
        var buffer = new byte[16];

        Assert.Equal(0, AllocationGuard.BytesOf(Once, turns: 1_000));

        void Once()
        {
            socket.Send("1234"u8, MonoTime.NowNanos() + SecondNanos);
            pair.Far.Receive(buffer);
            pair.Far.Send("5678"u8);
            Assert.True(socket.Receive(buffer, MonoTime.NowNanos() + SecondNanos) == 4);
            Assert.True(socket.Receive(buffer, MonoTime.NowNanos()) == 0);
        }
    }
}
