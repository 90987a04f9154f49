using System.Buffers.Binary;
using System.Text;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>A value under a key, and its form on disk: length of the key (u16), the key, the value.</summary>
internal sealed class LogNote(string key)
{
    private const int LengthBytes = 2;

    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(key);
    private byte[] _value = [];
    private int _length;

    public string Key { get; } = key;

    public ReadOnlySpan<byte> Value => _value.AsSpan(0, _length);

    public int PayloadBytes => LengthBytes + _utf8.Length + _length;

    public void Set(ReadOnlySpan<byte> value)
    {
        if (_value.Length < value.Length)
        {
            _value = new byte[Math.Max(value.Length, 64)];
        }

        value.CopyTo(_value);
        _length = value.Length;
    }

    public void Write(Span<byte> payload)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)_utf8.Length);
        _utf8.CopyTo(payload[LengthBytes..]);
        Value.CopyTo(payload[(LengthBytes + _utf8.Length)..]);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, out string key, out ReadOnlySpan<byte> value)
    {
        key = "";
        value = default;
        if (payload.Length < LengthBytes || payload.Length < LengthBytes + BinaryPrimitives.ReadUInt16LittleEndian(payload))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        key = Encoding.UTF8.GetString(payload.Slice(LengthBytes, length));
        value = payload[(LengthBytes + length)..];
        return true;
    }
}
