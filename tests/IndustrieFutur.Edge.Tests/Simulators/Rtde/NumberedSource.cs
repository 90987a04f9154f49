using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Tests.Simulators.Rtde;

/// <summary>A robot whose every number is the number of the tick plus its place in the vector: what belongs together can be seen.</summary>
internal sealed class NumberedSource : IRtdeSource
{
    private long _tick;

    /// <inheritdoc/>
    public void Look() => _tick++;

    /// <inheritdoc/>
    public bool TryRead(string field, Span<byte> target)
    {
        if (!RtdeFields.TryFind(field, out var type))
        {
            return false;
        }

        for (var element = 0; element < RtdeFieldTypes.ElementsOf(type); element++)
        {
            Put(RtdeFieldTypes.ElementOf(type), target[(element * RtdeFieldTypes.ElementBytesOf(type))..], _tick + element);
        }

        return true;
    }

    private static void Put(RtdeFieldType element, Span<byte> target, long number)
    {
        switch (element)
        {
            case RtdeFieldType.Bool: target[0] = (byte)(number & 1); break;
            case RtdeFieldType.UInt8: target[0] = (byte)number; break;
            case RtdeFieldType.Int32 or RtdeFieldType.UInt32: BinaryPrimitives.WriteUInt32BigEndian(target, (uint)number); break;
            case RtdeFieldType.UInt64: BinaryPrimitives.WriteInt64BigEndian(target, number); break;
            default: BinaryPrimitives.WriteDoubleBigEndian(target, number); break;
        }
    }
}
