using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>One message that comes in pieces. Beyond a limit the rest is thrown away as it comes, and the message counts as too large.</summary>
internal sealed class Reassembly(int bytesMax, int chunksMax)
{
    private readonly MessageBuffer _buffer = new(bytesMax);
    private int _chunks;

    public uint RequestId { get; private set; }

    public bool IsOpen { get; private set; }

    public bool IsTooLarge { get; private set; }

    public Span<byte> Bytes => _buffer.Written;

    public void Open(uint requestId)
    {
        _buffer.Clear();
        _chunks = 0;
        RequestId = requestId;
        IsTooLarge = false;
        IsOpen = true;
    }

    public void Append(ReadOnlySpan<byte> piece)
    {
        IsTooLarge |= ++_chunks > chunksMax || piece.Length > bytesMax - _buffer.Length;
        if (!IsTooLarge)
        {
            piece.CopyTo(_buffer.Take(piece.Length));
        }
    }

    /// <summary>The bytes stay until the next message takes its place.</summary>
    public void Close() => IsOpen = false;
}
