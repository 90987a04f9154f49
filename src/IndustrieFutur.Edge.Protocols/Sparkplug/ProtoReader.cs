using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>Reads the primitives of protocol buffers from bytes that anybody may have sent: false when they make no sense, never an exception.</summary>
public ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            var part = _rest[i];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];

                // The tenth byte has room for the 64th bit only.
                return i < 9 || part <= 1;
            }
        }

        return false;
    }

    public bool TryTag(out int field, out ProtoWire wire)
    {
        var read = TryVarint(out var tag) && tag >> 3 is > 0 and <= 536_870_911;
        field = read ? (int)(tag >> 3) : 0;
        wire = (ProtoWire)(tag & 7);
        return read;
    }

    public bool TryFixed64(out long bits)
    {
        if (!BinaryPrimitives.TryReadInt64LittleEndian(_rest, out bits))
        {
            return false;
        }

        _rest = _rest[sizeof(long)..];
        return true;
    }

    public bool TryFixed32(out int bits)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(_rest, out bits))
        {
            return false;
        }

        _rest = _rest[sizeof(int)..];
        return true;
    }

    public bool TryBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryVarint(out var length) && length <= (ulong)_rest.Length && TryTake((int)length, out bytes);
    }

    /// <summary>Passes over a field that the reader has no use for.</summary>
    public bool TrySkip(ProtoWire wire) => wire switch
    {
        ProtoWire.Varint => TryVarint(out _),
        ProtoWire.Fixed64 => TryTake(8, out _),
        ProtoWire.Length => TryBytes(out _),
        ProtoWire.Fixed32 => TryTake(4, out _),
        _ => false,
    };

    private bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        var fits = count <= _rest.Length;
        bytes = fits ? _rest[..count] : default;
        _rest = fits ? _rest[count..] : _rest;
        return fits;
    }
}
