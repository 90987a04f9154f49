// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ChannelSecurityToken of the OPC UA services, binary encoding i=443.</summary>
public sealed class ChannelSecurityToken : IUaStructure<ChannelSecurityToken>
{
    public const uint Id = 443;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint ChannelId { get; set; }

    public uint TokenId { get; set; }

    public long CreatedAt { get; set; }

    public uint RevisedLifetime { get; set; }

    public static ChannelSecurityToken Decode(ref UaReader reader)
    {
        var value = new ChannelSecurityToken();
        value.ChannelId = reader.ReadUInt32();
        value.TokenId = reader.ReadUInt32();
        value.CreatedAt = reader.ReadDateTime();
        value.RevisedLifetime = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(ChannelId);
        writer.WriteUInt32(TokenId);
        writer.WriteDateTime(CreatedAt);
        writer.WriteUInt32(RevisedLifetime);
    }
}
