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

    public int Length => _buffer.Length;

    public Span<byte> Bytes => _buffer.Written;

    public void Open(uint requestId)
    {
        _buffer.Clear();
        _chunks = 0;
        RequestId = requestId;
        IsTooLarge = false;
        IsOpen = true;
    }

    /// <param name="piece">What the chunk brings.</param>
    /// <param name="bytesLeft">So many bytes all messages of the channel may still bring.</param>
    public void Append(ReadOnlySpan<byte> piece, int bytesLeft)
    {
        IsTooLarge |= ++_chunks > chunksMax || piece.Length > bytesLeft;
        if (IsTooLarge)
        {
            _buffer.Release();
            return;
        }

        piece.CopyTo(_buffer.Take(piece.Length));
    }

    /// <summary>The bytes stay until the next message takes its place.</summary>
    public void Close() => IsOpen = false;

    /// <summary>Its last message was taken, and its memory is wanted.</summary>
    public void Release() => _buffer.Release();

    /// <summary>As <see cref="Release"/>; an unfinished message that is not kept counts as too large when it ends.</summary>
    public void GiveBack(bool isUnfinishedKept)
    {
        if (IsOpen && isUnfinishedKept)
        {
            return;
        }

        IsTooLarge |= IsOpen;
        Release();
    }
}
