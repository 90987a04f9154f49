using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>A TCP connection that one thread reads and writes: waits with deadlines, looks for a stop, and makes no garbage.</summary>
internal sealed class UaSocket : IDisposable
{
    /// <summary>A stop is seen within this time whatever the peer does.</summary>
    private const long LookNanos = 50_000_000;

    private const long NanosPerMilli = 1_000_000;

    /// <summary>A peer that was switched off without a word shows after 10 + 3 x 2 s even when nothing is asked.</summary>
    private const int KeepAliveAfterSeconds = 10;

    private const int KeepAliveEverySeconds = 2;
    private const int KeepAliveTries = 3;

    private readonly Socket _socket;
    private CancellationToken _stop;
    private bool _isDisposed;

    /// <summary>Takes the socket over.</summary>
    /// <param name="peer">How it is called in sentences: host and port.</param>
    public UaSocket(Socket socket, string peer, CancellationToken stop)
    {
        _socket = socket;
        _stop = stop;
        Peer = peer;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTries);

        // A blocking call that has to wait would allocate, and could not be stopped: the waiting is done by Poll.
        socket.Blocking = false;
    }

    public string Peer { get; }

    /// <summary>Called by the waiting thread every 50 ms or so, as long as a wait lasts: for what its owner must not be late with. Must not throw.</summary>
    public Action? WhileWaiting { get; init; }

    /// <summary>At least one byte, or 0 at the deadline. Throws when the peer has gone, and when it is told to stop.</summary>
    public int Receive(Span<byte> buffer, long untilNanos)
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            var count = _socket.Receive(buffer, SocketFlags.None, out var error);
            if (count > 0)
            {
                return count;
            }

            if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
            {
                throw Gone(error);
            }

            if (!WaitsFor(SelectMode.SelectRead, untilNanos))
            {
                return 0;
            }
        }
    }

    /// <summary>Sends all of it, or throws: half a chunk sent is a connection lost.</summary>
    public void Send(ReadOnlySpan<byte> bytes, long untilNanos)
    {
        while (!bytes.IsEmpty)
        {
            var count = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.Interrupted))
            {
                throw Gone(error);
            }

            bytes = bytes[Math.Max(count, 0)..];
            if (!bytes.IsEmpty && error == SocketError.WouldBlock && !WaitsFor(SelectMode.SelectWrite, untilNanos))
            {
                throw Gone(SocketError.TimedOut);
            }
        }
    }

    /// <summary>For a farewell after a stop: from now on only deadlines end a wait.</summary>
    public void IgnoreStop() => _stop = CancellationToken.None;

    /// <summary>Lets what was sent reach the peer, then hangs up.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is gone already, and closing it is all that was wanted.
        }

        _socket.Dispose();
    }

    /// <summary>True when the socket is ready (or broken: the next call will tell), false at the deadline.</summary>
    private bool WaitsFor(SelectMode mode, long untilNanos)
    {
        try
        {
            while (true)
            {
                _stop.ThrowIfCancellationRequested();
                var left = untilNanos - MonoTime.NowNanos();
                if (_socket.Poll(Slice(left), mode))
                {
                    return true;
                }

                if (left <= 0)
                {
                    return false;
                }

                WhileWaiting?.Invoke();
            }
        }
        catch (SocketException cause)
        {
            throw Gone(cause.SocketErrorCode);
        }
    }

    /// <summary>The system's poll counts in milliseconds: rounded up, for a rest of less would become a busy loop.</summary>
    private static TimeSpan Slice(long leftNanos)
    {
        if (leftNanos <= 0)
        {
            return TimeSpan.Zero;
        }

        var millis = (Math.Min(leftNanos, LookNanos - NanosPerMilli) / NanosPerMilli) + 1;
        return TimeSpan.FromTicks(millis * TimeSpan.TicksPerMillisecond);
    }

    private UaException Gone(SocketError error)
    {
        var (status, reason) = error switch
        {
            SocketError.Success => (StatusCodes.BadConnectionClosed, "the other side closed it"),
            SocketError.TimedOut => (StatusCodes.BadTimeout, "the other side has taken no byte within the time allowed"),
            SocketError.ConnectionReset => (StatusCodes.BadConnectionClosed, "the other side cut it"),
            _ => (StatusCodes.BadCommunicationError, new SocketException((int)error).Message),
        };
        return new UaException(status, $"The connection to {Peer} is gone: {reason}. It is opened again; check that machine and the network.");
    }
}
