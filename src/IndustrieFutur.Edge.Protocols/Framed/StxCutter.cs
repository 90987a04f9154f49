namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>
/// Cuts STX/ETX frames. The block check may be any byte, STX, ETX and CR included, so exactly one byte after ETX is read for it; a
/// frame whose check is wrong costs its STX alone, for the next one may lie in what seemed its body.
/// </summary>
internal sealed class StxCutter(BlockCheck check, int bodyBytesMax) : IFrameCutter
{
    private const byte Stx = 0x02;
    private const byte Etx = 0x03;

    private readonly int _checkBytes = check == BlockCheck.None ? 0 : 1;

    /// <inheritdoc/>
    public int BytesMax => bodyBytesMax + 2 + _checkBytes;

    /// <inheritdoc/>
    public FrameCut Cut(ReadOnlySpan<byte> bytes)
    {
        var noise = bytes.IndexOf(Stx);
        if (noise != 0)
        {
            return bytes.IsEmpty ? FrameCut.NeedsMore : FrameCut.Dropped(noise < 0 ? bytes.Length : noise, FrameFault.Noise);
        }

        var etx = bytes.IndexOf(Etx);
        var body = etx < 0 ? bytes.Length - 1 : etx - 1;
        if (body > bodyBytesMax)
        {
            return FrameCut.Dropped(1, FrameFault.TooLong);
        }

        if (etx < 0 || bytes.Length < etx + 1 + _checkBytes)
        {
            return FrameCut.NeedsMore;
        }

        if (check == BlockCheck.None)
        {
            return CutUnproved(bytes[..(etx + 1)]);
        }

        return Compute(check, bytes.Slice(1, body)) == bytes[etx + 1]
            ? FrameCut.Frame(etx + 2, 1, body)
            : FrameCut.Dropped(1, FrameFault.Check);
    }

    /// <inheritdoc/>
    public void Reset(bool isInside)
    {
        // The next STX tells where a frame begins, wherever we are.
    }

    /// <summary>The check of a body.</summary>
    internal static byte Compute(BlockCheck check, ReadOnlySpan<byte> body)
    {
        byte xor = 0;
        byte sum = Etx;
        foreach (var value in body)
        {
            xor ^= value;
            sum += value;
        }

        return check switch
        {
            BlockCheck.XorBody => xor,
            BlockCheck.XorAll => (byte)(xor ^ Stx ^ Etx),
            BlockCheck.Sum => (byte)-sum,
            _ => (byte)(xor ^ Etx),
        };
    }

    /// <summary>Nothing proves the frame: the last STX before the ETX is the likeliest beginning, what precedes it was cut off.</summary>
    private static FrameCut CutUnproved(ReadOnlySpan<byte> frame)
    {
        var stx = frame.LastIndexOf(Stx);
        return stx > 0
            ? FrameCut.Dropped(stx, FrameFault.Noise)
            : FrameCut.Frame(frame.Length, 1, frame.Length - 2);
    }
}
