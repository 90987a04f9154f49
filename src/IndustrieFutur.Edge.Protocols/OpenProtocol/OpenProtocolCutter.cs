using IndustrieFutur.Edge.Protocols.Framed;

namespace IndustrieFutur.Edge.Protocols.OpenProtocol;

/// <summary>
/// Cuts messages as they travel over TCP: four digits of length, so many characters, a NUL that is not counted. A message that lost bytes
/// is dropped up to its NUL, for the next begins behind it.
/// </summary>
internal sealed class OpenProtocolCutter : IFrameCutter
{
    private const int LengthDigits = 4;

    /// <inheritdoc/>
    public int BytesMax => OpenProtocolHeader.MessageBytesMax + 1;

    /// <inheritdoc/>
    public FrameCut Cut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return FrameCut.NeedsMore;
        }

        if (bytes.Length < LengthDigits)
        {
            return char.IsAsciiDigit((char)bytes[0]) && !bytes.Contains((byte)0) ? FrameCut.NeedsMore : Skip(bytes, FrameFault.Noise);
        }

        var length = OpenProtocolHeader.LengthOf(bytes);
        if (length < 0)
        {
            return Skip(bytes, FrameFault.Noise);
        }

        var seen = bytes[..Math.Min(bytes.Length, length + 1)];
        var nul = seen.IndexOf((byte)0);
        if (nul == length)
        {
            return FrameCut.Frame(length + 1, 0, length);
        }

        return nul < 0 && seen.Length <= length ? FrameCut.NeedsMore : Skip(bytes, FrameFault.Check);
    }

    /// <inheritdoc/>
    public void Reset(bool isInside)
    {
        // The next NUL tells where a message begins, wherever we are.
    }

    private static FrameCut Skip(ReadOnlySpan<byte> bytes, FrameFault fault)
    {
        var nul = bytes.IndexOf((byte)0);
        return FrameCut.Dropped(nul < 0 ? bytes.Length : nul + 1, fault);
    }
}
