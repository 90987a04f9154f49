namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>The bytes of one message while it is written: grows to its limit, and is used again for the next message.</summary>
/// <param name="bytesMax">Beyond it a message is refused with BadEncodingLimitsExceeded.</param>
public sealed class MessageBuffer(int bytesMax)
{
    private const uint BadEncodingLimitsExceeded = 0x80080000;

    /// <summary>Most requests fit, and a buffer that is made for one extension object stays small.</summary>
    private const int BytesAtFirst = 256;

    /// <summary>A chunk's worth.</summary>
    private const int KeptBytesMax = 65_536;

    private byte[] _bytes = new byte[Math.Min(BytesAtFirst, bytesMax)];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written and gives large memory back.</summary>
    internal void Release()
    {
        Length = 0;
        if (_bytes.Length > KeptBytesMax)
        {
            _bytes = new byte[Math.Min(BytesAtFirst, bytesMax)];
        }
    }

    /// <summary>Takes back what was written last: an element that turned out to have no room.</summary>
    internal void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>The next bytes to be written.</summary>
    internal Span<byte> Take(int count)
    {
        var start = Length;
        if (count > _bytes.Length - start)
        {
            Grow(count);
        }

        Length = start + count;
        return _bytes.AsSpan(start, count);
    }

    private void Grow(int count)
    {
        if (count > bytesMax - Length)
        {
            throw new UaException(
                BadEncodingLimitsExceeded,
                $"A message of more than {bytesMax} bytes was to be sent, which is not allowed; it was not sent. Ask for less at once.");
        }

        var wanted = Math.Min(Math.Max((long)_bytes.Length * 2, Length + count), bytesMax);
        Array.Resize(ref _bytes, (int)wanted);
    }
}
