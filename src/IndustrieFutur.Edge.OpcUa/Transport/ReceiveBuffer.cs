namespace IndustrieFutur.Edge.OpcUa.Transport;

/// <summary>
/// What has come from the peer and was not used yet. Whole chunks are handed out where they lie; only the beginning of a chunk that has
/// not come whole is ever moved, to the front, when there is no room behind it.
/// </summary>
/// <param name="chunkBytesMax">The largest chunk that is taken.</param>
internal sealed class ReceiveBuffer(int chunkBytesMax)
{
    /// <summary>Two chunks: behind a part of one there is nearly always room for the rest, and a move is rare.</summary>
    private readonly byte[] _bytes = new byte[2 * chunkBytesMax];
    private int _start;
    private int _end;

    public byte[] Bytes => _bytes;

    /// <summary>Hands out the next whole chunk and its place; it may be overwritten by the next <see cref="Space"/>.</summary>
    public bool TryTake(out ChunkHeader header, out int start)
    {
        start = _start;
        header = default;
        if (_end - _start < ChunkHeader.HeaderBytes)
        {
            return false;
        }

        header = ChunkHeader.Read(_bytes.AsSpan(_start, ChunkHeader.HeaderBytes), chunkBytesMax);
        if (_end - _start < header.Bytes)
        {
            return false;
        }

        _start += header.Bytes;
        return true;
    }

    /// <summary>Where the next bytes go; what was handed out before is gone after this.</summary>
    public Span<byte> Space()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0 && _bytes.Length - _start < chunkBytesMax)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        return _bytes.AsSpan(_end);
    }

    public void Filled(int count) => _end += count;
}
