namespace IndustrieFutur.Edge.Protocols.Links;

/// <summary>An open link of bytes to one line or connection, used by one thread: a serial port or a TCP connection.</summary>
public interface IByteLink : IDisposable
{
    /// <summary>
    /// Waits until bytes are there, at most until <paramref name="untilMonoNanos"/> (<see cref="LinkClock"/>), and returns how many
    /// it read; 0: the time passed. Throws <see cref="LinkBrokenException"/> when the link is gone. Allocates nothing.
    /// </summary>
    int Read(Span<byte> buffer, long untilMonoNanos);

    /// <summary>Hands all bytes to the link. Throws <see cref="LinkBrokenException"/> when it is gone or takes none for a second.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Throws away what has arrived and was not read: the late answer to a question nobody waits for any more.</summary>
    void DiscardInput();
}
