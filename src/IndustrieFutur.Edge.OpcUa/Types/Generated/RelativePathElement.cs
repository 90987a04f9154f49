// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RelativePathElement of the OPC UA services, binary encoding i=539.</summary>
public sealed class RelativePathElement : IUaStructure<RelativePathElement>
{
    public const uint Id = 539;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId ReferenceTypeId { get; set; }

    public bool IsInverse { get; set; }

    public bool IncludeSubtypes { get; set; }

    public QualifiedName TargetName { get; set; }

    public static RelativePathElement Decode(ref UaReader reader)
    {
        var value = new RelativePathElement();
        value.ReferenceTypeId = reader.ReadNodeId();
        value.IsInverse = reader.ReadBoolean();
        value.IncludeSubtypes = reader.ReadBoolean();
        value.TargetName = reader.ReadQualifiedName();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(ReferenceTypeId);
        writer.WriteBoolean(IsInverse);
        writer.WriteBoolean(IncludeSubtypes);
        writer.WriteQualifiedName(TargetName);
    }
}
