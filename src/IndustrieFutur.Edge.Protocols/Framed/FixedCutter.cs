using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>
/// Cuts frames of one length. A CRC that is wrong costs one byte: a sync pair may stand in a payload, and the true frame begins
/// somewhere behind it.
/// </summary>
internal sealed class FixedCutter(IReadOnlyList<byte> sync, int length, bool hasCrc) : IFrameCutter
{
    private readonly byte[] _sync = [.. sync];

    /// <inheritdoc/>
    public int BytesMax => length;

    /// <inheritdoc/>
    public FrameCut Cut(ReadOnlySpan<byte> bytes)
    {
        var noise = NoiseBeforeSync(bytes);
        if (noise > 0)
        {
            return FrameCut.Dropped(noise, FrameFault.Noise);
        }

        if (bytes.Length < length)
        {
            return FrameCut.NeedsMore;
        }

        // The CRC of bytes that end with their own right CRC is 0.
        return !hasCrc || ModbusCrc.Of(bytes[_sync.Length..length]) == 0
            ? FrameCut.Frame(length, 0, length)
            : FrameCut.Dropped(1, FrameFault.Check);
    }

    /// <inheritdoc/>
    public void Reset(bool isInside)
    {
        // The next sync tells where a frame begins, wherever we are.
    }

    private int NoiseBeforeSync(ReadOnlySpan<byte> bytes)
    {
        if (_sync.Length == 0)
        {
            return 0;
        }

        var found = bytes.IndexOf(_sync);
        if (found >= 0)
        {
            return found;
        }

        // The head of a sync may stand at the end.
        for (var have = Math.Min(_sync.Length - 1, bytes.Length); have > 0; have--)
        {
            if (bytes[^have..].SequenceEqual(_sync.AsSpan(0, have)))
            {
                return bytes.Length - have;
            }
        }

        return bytes.Length;
    }
}
