// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RedundantServerDataType of the OPC UA services, binary encoding i=855.</summary>
public sealed class RedundantServerDataType : IUaStructure<RedundantServerDataType>
{
    public const uint Id = 855;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? ServerId { get; set; }

    public byte ServiceLevel { get; set; }

    public ServerState ServerState { get; set; }

    public static RedundantServerDataType Decode(ref UaReader reader)
    {
        var value = new RedundantServerDataType();
        value.ServerId = reader.ReadString();
        value.ServiceLevel = reader.ReadByte();
        value.ServerState = (ServerState)reader.ReadInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(ServerId);
        writer.WriteByte(ServiceLevel);
        writer.WriteInt32((int)ServerState);
    }
}
