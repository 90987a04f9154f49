using System.Globalization;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.Protocols.Links;

/// <summary>A TCP connection to a device or its gateway. Reading allocates nothing.</summary>
public sealed class TcpLink : IByteLink
{
    /// <summary>A device that was switched off without a word shows after 10 + 3 x 2 s even when nothing is asked.</summary>
    private const int KeepAliveAfterSeconds = 10;

    private const int KeepAliveEverySeconds = 2;
    private const int KeepAliveTries = 3;

    private const int WriteTimeoutMillis = 1_000;

    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly string _name;

    private TcpLink(Socket socket, string name)
    {
        _socket = socket;
        _name = name;
    }

    /// <summary>Connects, for somebody who waits the whole time in any case.</summary>
    public static TcpLink Connect(string host, int port, TimeSpan timeout) => Connect(host, port, timeout, CancellationToken.None);

    /// <summary>
    /// Connects; throws <see cref="LinkBrokenException"/> in plain words when it cannot within the time, and
    /// <see cref="OperationCanceledException"/> at once when it is told to give up.
    /// </summary>
    public static TcpLink Connect(string host, int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        var name = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = WriteTimeoutMillis };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTries);
            using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            tooLate.CancelAfter(timeout);

            // The link's own thread has nothing else to do, and only the asynchronous connect can be given up.
            socket.ConnectAsync(host, port, tooLate.Token).AsTask().GetAwaiter().GetResult();
            return new TcpLink(socket, name);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new LinkBrokenException(
                $"{name} does not answer within {timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s. "
                + "Check that the device is on and that the network leads there; it is tried again.");
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new LinkBrokenException(Sentence(name, host, cause), cause);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        try
        {
            while (true)
            {
                if (_socket.Poll(Left(untilMonoNanos), SelectMode.SelectRead))
                {
                    var count = _socket.Receive(buffer, SocketFlags.None, out var error);
                    if (count > 0)
                    {
                        return count;
                    }

                    if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
                    {
                        throw Gone(error);
                    }
                }

                if (LinkClock.NowNanos() >= untilMonoNanos)
                {
                    return 0;
                }
            }
        }
        catch (SocketException cause)
        {
            throw Gone(cause.SocketErrorCode);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.Interrupted))
            {
                throw Gone(error);
            }

            bytes = bytes[count..];
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        Span<byte> thrownAway = stackalloc byte[256];

        // Bounded, for a peer that sends without end.
        for (var i = 0; i < 1_000 && Read(thrownAway, 0) > 0; i++)
        {
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The system's poll counts in milliseconds: rounded up, for a rest of less would become a busy loop.</summary>
    private static TimeSpan Left(long untilMonoNanos)
    {
        var left = untilMonoNanos - LinkClock.NowNanos();
        if (left <= 0)
        {
            return TimeSpan.Zero;
        }

        var millis = TimeSpan.FromTicks((left / 1_000_000 + 1) * TimeSpan.TicksPerMillisecond);
        return millis < LongestPoll ? millis : LongestPoll;
    }

    private static string Sentence(string name, string host, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.ConnectionRefused =>
            $"{name} refuses the connection: the machine is there, but nothing listens on this port. Start the device's server or correct \"port\"; it is tried again.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            $"The host name {host} is not known. Correct \"host\", or write the device's IP address; it is tried again.",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut =>
            $"{name} cannot be reached: {cause.Message}. Check that the device is on and that the network leads there; it is tried again.",
        _ => $"{name} cannot be connected: {cause.Message}. It is tried again.",
    };

    private LinkBrokenException Gone(SocketError error)
    {
        var reason = error switch
        {
            SocketError.Success => "the device closed it",
            SocketError.TimedOut or SocketError.WouldBlock => "the device has taken no byte for a second",
            _ => new SocketException((int)error).Message,
        };
        return new LinkBrokenException($"The connection to {_name} is gone: {reason}. It is opened again; check the device and the network.");
    }
}
