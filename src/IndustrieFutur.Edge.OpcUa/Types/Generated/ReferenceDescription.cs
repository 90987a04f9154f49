// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReferenceDescription of the OPC UA services, binary encoding i=520.</summary>
public sealed class ReferenceDescription : IUaStructure<ReferenceDescription>
{
    public const uint Id = 520;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId ReferenceTypeId { get; set; }

    public bool IsForward { get; set; }

    public ExpandedNodeId NodeId { get; set; }

    public QualifiedName BrowseName { get; set; }

    public LocalizedText DisplayName { get; set; }

    public NodeClass NodeClass { get; set; }

    public ExpandedNodeId TypeDefinition { get; set; }

    public static ReferenceDescription Decode(ref UaReader reader)
    {
        var value = new ReferenceDescription();
        value.ReferenceTypeId = reader.ReadNodeId();
        value.IsForward = reader.ReadBoolean();
        value.NodeId = reader.ReadExpandedNodeId();
        value.BrowseName = reader.ReadQualifiedName();
        value.DisplayName = reader.ReadLocalizedText();
        value.NodeClass = (NodeClass)reader.ReadInt32();
        value.TypeDefinition = reader.ReadExpandedNodeId();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(ReferenceTypeId);
        writer.WriteBoolean(IsForward);
        writer.WriteExpandedNodeId(NodeId);
        writer.WriteQualifiedName(BrowseName);
        writer.WriteLocalizedText(DisplayName);
        writer.WriteInt32((int)NodeClass);
        writer.WriteExpandedNodeId(TypeDefinition);
    }
}
