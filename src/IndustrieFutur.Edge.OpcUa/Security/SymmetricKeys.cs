using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>
/// The keys of one direction of a channel's token: protects what is sent, or unprotects what was received, chunk by chunk, in place and
/// without garbage (OPC UA Part 6, 6.7.2).
/// </summary>
public abstract class SymmetricKeys : IDisposable
{
    /// <summary>Message header, channel id, token id: always in clear.</summary>
    public const int ClearBytes = 16;

    /// <summary>Sequence number and request id.</summary>
    public const int SequenceBytes = 8;

    private protected SymmetricKeys()
    {
    }

    /// <summary>Those of mode None: chunks stay as they are.</summary>
    public static SymmetricKeys None { get; } = new NoKeys();

    /// <summary>How many bytes of a body fit a chunk of this size.</summary>
    public abstract int BodyBytesMax(int chunkBytes);

    /// <summary>
    /// Takes a chunk (clear header, sequence header, body) and makes of it what goes on the wire: its size is written into the header,
    /// padding and signature are put behind it. The buffer must have room for them. Returns the size.
    /// </summary>
    public abstract int Protect(byte[] buffer, int start, int count);

    /// <summary>
    /// Undoes <see cref="Protect"/> and returns where the body ends, counted from the start of the chunk. Throws BadSecurityChecksFailed
    /// without a hint at what was wrong.
    /// </summary>
    public abstract int Unprotect(byte[] buffer, int start, int count);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private protected static UaException Failed() => new(
        StatusCodes.BadSecurityChecksFailed,
        "A message failed the security checks of its channel, which is closed: it was damaged or forged on the way. It is connected again; if this repeats, look at what lies between both machines.");
}
