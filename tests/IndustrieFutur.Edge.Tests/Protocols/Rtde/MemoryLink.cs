using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Protocols.Rtde;

/// <summary>A link whose far end is the test: what it gives, cut where the test wants, and what was written to it. It breaks when all is given.</summary>
internal sealed class MemoryLink(IEnumerable<byte[]> chunks) : IByteLink
{
    private readonly Queue<byte[]> _chunks = new(chunks);

    public List<byte[]> Written { get; } = [];

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        if (!_chunks.TryDequeue(out var chunk))
        {
            throw new LinkBrokenException("All is given.");
        }

        chunk.CopyTo(buffer);
        return chunk.Length;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => Written.Add(bytes.ToArray());

    /// <inheritdoc/>
    public void DiscardInput() => _chunks.Clear();

    public void Dispose() => _chunks.Clear();
}
