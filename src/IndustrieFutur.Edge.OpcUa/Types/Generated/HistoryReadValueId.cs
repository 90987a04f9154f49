// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryReadValueId of the OPC UA services, binary encoding i=637.</summary>
public sealed class HistoryReadValueId : IUaStructure<HistoryReadValueId>
{
    public const uint Id = 637;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId NodeId { get; set; }

    public string? IndexRange { get; set; }

    public QualifiedName DataEncoding { get; set; }

    public byte[]? ContinuationPoint { get; set; }

    public static HistoryReadValueId Decode(ref UaReader reader)
    {
        var value = new HistoryReadValueId();
        value.NodeId = reader.ReadNodeId();
        value.IndexRange = reader.ReadString();
        value.DataEncoding = reader.ReadQualifiedName();
        value.ContinuationPoint = reader.ReadByteString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(NodeId);
        writer.WriteString(IndexRange);
        writer.WriteQualifiedName(DataEncoding);
        writer.WriteByteString(ContinuationPoint);
    }
}
