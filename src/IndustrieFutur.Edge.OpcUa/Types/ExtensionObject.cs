using System.Diagnostics.CodeAnalysis;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A structure in its wrapping: the id of its encoding and its bytes, which may stay unread (OPC UA Part 6, 5.2.2.15).</summary>
public sealed class ExtensionObject
{
    public static readonly ExtensionObject Null = new(NodeId.Null, ExtensionObjectEncoding.None, null);

    public ExtensionObject(NodeId typeId, ExtensionObjectEncoding encoding, byte[]? body)
    {
        TypeId = typeId;
        Encoding = encoding;
        Body = body;
    }

    /// <summary>The id of the encoding, not of the type: i=811 for a DataChangeNotification.</summary>
    public NodeId TypeId { get; }

    public ExtensionObjectEncoding Encoding { get; }

    public byte[]? Body { get; }

    public bool IsNull => TypeId.IsNull && Encoding == ExtensionObjectEncoding.None;

    /// <summary>Wraps a structure of namespace 0.</summary>
    public static ExtensionObject Of(IUaStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var buffer = new MessageBuffer(DecodeLimits.Default.ByteStringBytesMax);
        var writer = new UaWriter(buffer);
        structure.Encode(ref writer);
        return new ExtensionObject(new NodeId(0, structure.EncodingId), ExtensionObjectEncoding.ByteString, buffer.Written.ToArray());
    }

    /// <summary>Unwraps a structure of namespace 0; false when another one lies within.</summary>
    public bool TryDecode<T>([NotNullWhen(true)] out T? structure)
        where T : IUaStructure<T>
    {
        structure = default;
        if (Encoding != ExtensionObjectEncoding.ByteString || TypeId != new NodeId(0, T.BinaryEncodingId))
        {
            return false;
        }

        var reader = new UaReader(Body);
        structure = T.Decode(ref reader);
        return true;
    }
}
