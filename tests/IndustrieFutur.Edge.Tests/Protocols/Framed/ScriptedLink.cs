using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Protocols.Framed;

/// <summary>A link whose bytes arrive in the pieces that a test gives, and whose deadlines pass at once when there are no more.</summary>
internal sealed class ScriptedLink(params IEnumerable<byte[]> pieces) : IByteLink
{
    private readonly Queue<byte[]> _pieces = new(pieces);

    public int Read(Span<byte> buffer, long untilMonoNanos)
    {
        if (!_pieces.TryPeek(out var piece))
        {
            return 0;
        }

        var count = Math.Min(piece.Length, buffer.Length);
        piece.AsSpan(0, count).CopyTo(buffer);
        _pieces.Dequeue();
        if (count < piece.Length)
        {
            PutBack(piece[count..]);
        }

        return count;
    }

    /// <summary>What was sent; nobody answers it.</summary>
    public List<byte> Written { get; } = [];

    public void Write(ReadOnlySpan<byte> bytes) => Written.AddRange(bytes);

    public void DiscardInput() => _pieces.Clear();

    public void Dispose()
    {
    }

    private void PutBack(byte[] rest)
    {
        var behind = _pieces.ToArray();
        _pieces.Clear();
        _pieces.Enqueue(rest);
        foreach (var piece in behind)
        {
            _pieces.Enqueue(piece);
        }
    }
}
