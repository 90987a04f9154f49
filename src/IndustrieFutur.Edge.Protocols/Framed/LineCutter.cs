namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Cuts lines. One that grows beyond its limit is dropped up to the next terminator: its tail must not pass for a line.</summary>
internal sealed class LineCutter(IReadOnlyList<byte> terminator, int lineBytesMax) : IFrameCutter
{
    private readonly byte[] _terminator = [.. terminator];
    private bool _discarding;

    /// <inheritdoc/>
    public int BytesMax => lineBytesMax + Math.Max(1, _terminator.Length);

    /// <inheritdoc/>
    public FrameCut Cut(ReadOnlySpan<byte> bytes)
    {
        var length = _terminator.Length == 0 ? bytes.IndexOfAny((byte)'\r', (byte)'\n') : bytes.IndexOf(_terminator);
        if (length < 0)
        {
            return bytes.Length < BytesMax ? FrameCut.NeedsMore : DropHead(bytes.Length);
        }

        var consumed = length + Math.Max(1, _terminator.Length);
        if (_discarding)
        {
            _discarding = false;
            return FrameCut.Dropped(consumed, FrameFault.None);
        }

        if (length > lineBytesMax)
        {
            return FrameCut.Dropped(consumed, FrameFault.TooLong);
        }

        // CR LF is a line and an empty one; a device that sends empty lines says nothing with them.
        return length == 0 ? FrameCut.Dropped(consumed, FrameFault.None) : FrameCut.Frame(consumed, 0, length);
    }

    /// <inheritdoc/>
    public void Reset(bool isInside) => _discarding = isInside;

    private FrameCut DropHead(int have)
    {
        var fault = _discarding ? FrameFault.None : FrameFault.TooLong;
        _discarding = true;

        // The beginning of a terminator may be there already.
        return FrameCut.Dropped(have - Math.Max(0, _terminator.Length - 1), fault);
    }
}
