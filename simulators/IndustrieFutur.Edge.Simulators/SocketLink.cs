using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Simulators;

/// <summary>The simulator's end of a TCP connection that a client has opened.</summary>
internal sealed class SocketLink(Socket socket) : IByteLink
{
    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        try
        {
            var left = Math.Max(0, untilMonoNanos - LinkClock.NowNanos());
            if (!socket.Poll(TimeSpan.FromTicks(left / TimeSpan.NanosecondsPerTick), SelectMode.SelectRead))
            {
                return 0;
            }

            var count = socket.Receive(buffer);
            return count > 0 ? count : throw new LinkBrokenException("The client has closed the connection.");
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            throw new LinkBrokenException("The connection to the client is gone.", cause);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[socket.Send(bytes)..];
            }
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            throw new LinkBrokenException("The connection to the client is gone.", cause);
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        Span<byte> thrownAway = stackalloc byte[256];
        while (socket.Available > 0 && socket.Receive(thrownAway) > 0)
        {
        }
    }

    public void Dispose() => socket.Dispose();
}
