using System.Reflection;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Vectors;

/// <summary>Every generated structure by the id of its encoding, found by reflection: a test may.</summary>
internal static class StructureTable
{
    /// <summary>The client has structures of its own besides, which are written and never read.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(RequestHeader).Assembly.GetTypes()
            .Where(type => type.IsClass && type.Namespace == typeof(RequestHeader).Namespace && type.IsAssignableTo(typeof(IUaStructure)))];

    public static IReadOnlyDictionary<uint, Decoder> All { get; } = Find();

    /// <summary>Reads a structure off the reader.</summary>
    internal delegate IUaStructure Decoder(ref UaReader reader);

    /// <summary>A message: the id of its type, then the structure.</summary>
    public static IUaStructure DecodeMessage(ref UaReader reader)
    {
        var typeId = reader.ReadNodeId();
        return All[typeId.Numeric](ref reader);
    }

    /// <summary>The id as every stack writes it, four bytes long, then the structure.</summary>
    public static byte[] EncodeMessage(IUaStructure structure)
    {
        var buffer = new MessageBuffer(16 * 1024 * 1024);
        var writer = new UaWriter(buffer);
        writer.WriteByte(1);
        writer.WriteByte(0);
        writer.WriteUInt16((ushort)structure.EncodingId);
        structure.Encode(ref writer);
        return buffer.Written.ToArray();
    }

    private static Dictionary<uint, Decoder> Find()
    {
        var make = typeof(StructureTable).GetMethod(nameof(DecoderOf), BindingFlags.NonPublic | BindingFlags.Static)!;
        return Types
            .Select(type => (KeyValuePair<uint, Decoder>)make.MakeGenericMethod(type).Invoke(null, null)!)
            .ToDictionary();
    }

    private static KeyValuePair<uint, Decoder> DecoderOf<T>()
        where T : IUaStructure<T> =>
        new(T.BinaryEncodingId, static (ref UaReader reader) => T.Decode(ref reader));
}
