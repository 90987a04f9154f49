using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>A link that delivers one array in pieces of 50 bytes, and allocates nothing while it does.</summary>
internal sealed class SteadyLink(byte[] stream) : IByteLink
{
    private int _at;

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        var count = Math.Min(Math.Min(50, buffer.Length), stream.Length - _at);
        stream.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes) => throw new NotSupportedException("Nobody listens at this link.");

    public void DiscardInput() => _at = stream.Length;

    public void Dispose()
    {
    }
}
