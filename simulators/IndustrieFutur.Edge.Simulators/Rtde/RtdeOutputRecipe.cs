using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>A recipe of outputs as one client was granted it, and the packages that are sent by it.</summary>
internal sealed class RtdeOutputRecipe
{
    private readonly (string Name, int Offset, int Bytes)[] _fields;
    private readonly byte[] _package;

    private RtdeOutputRecipe(byte? id, (string Name, int Offset, int Bytes)[] fields, int packageBytes)
    {
        _fields = fields;
        _package = new byte[packageBytes];
        BinaryPrimitives.WriteUInt16BigEndian(_package, (ushort)packageBytes);
        _package[2] = (byte)RtdePacketType.DataPackage;
        if (id is { } number)
        {
            _package[RtdeLimits.HeaderBytes] = number;
        }
    }

    /// <summary>Null: with a field that is not to be had it is invalid as a whole, and nothing of it is sent (the RTDE guide).</summary>
    /// <param name="id">Its number; null in version 1 of the protocol, which has none.</param>
    /// <param name="names">The fields.</param>
    /// <param name="answers">The type of each, or why it is not to be had.</param>
    public static RtdeOutputRecipe? Of(byte? id, string[] names, string[] answers)
    {
        var fields = new (string, int, int)[names.Length];
        var offset = RtdeLimits.HeaderBytes + (id is null ? 0 : 1);
        for (var i = 0; i < names.Length; i++)
        {
            if (!RtdeFieldTypes.TryParse(answers[i], out var type))
            {
                return null;
            }

            fields[i] = (names[i], offset, RtdeFieldTypes.BytesOf(type));
            offset += RtdeFieldTypes.BytesOf(type);
        }

        return new RtdeOutputRecipe(id, fields, offset);
    }

    /// <summary>The package of this moment; valid until the next one.</summary>
    public ReadOnlySpan<byte> Package(double timestamp, IRtdeSource source)
    {
        foreach (var (name, offset, bytes) in _fields)
        {
            var target = _package.AsSpan(offset, bytes);
            if (name == RtdeFields.Timestamp)
            {
                BinaryPrimitives.WriteDoubleBigEndian(target, timestamp);
            }
            else if (!source.TryRead(name, target))
            {
                target.Clear();
            }
        }

        return _package;
    }
}
