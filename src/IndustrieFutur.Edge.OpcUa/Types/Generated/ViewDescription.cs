// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ViewDescription of the OPC UA services, binary encoding i=513.</summary>
public sealed class ViewDescription : IUaStructure<ViewDescription>
{
    public const uint Id = 513;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId ViewId { get; set; }

    public long Timestamp { get; set; }

    public uint ViewVersion { get; set; }

    public static ViewDescription Decode(ref UaReader reader)
    {
        var value = new ViewDescription();
        value.ViewId = reader.ReadNodeId();
        value.Timestamp = reader.ReadDateTime();
        value.ViewVersion = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(ViewId);
        writer.WriteDateTime(Timestamp);
        writer.WriteUInt32(ViewVersion);
    }
}
