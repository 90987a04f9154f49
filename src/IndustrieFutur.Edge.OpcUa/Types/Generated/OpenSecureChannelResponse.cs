// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure OpenSecureChannelResponse of the OPC UA services, binary encoding i=449.</summary>
public sealed class OpenSecureChannelResponse : IUaResponse<OpenSecureChannelResponse>
{
    public const uint Id = 449;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint ServerProtocolVersion { get; set; }

    public ChannelSecurityToken SecurityToken { get; set; } = new();

    public byte[]? ServerNonce { get; set; }

    public static OpenSecureChannelResponse Decode(ref UaReader reader)
    {
        var value = new OpenSecureChannelResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.ServerProtocolVersion = reader.ReadUInt32();
        value.SecurityToken = ChannelSecurityToken.Decode(ref reader);
        value.ServerNonce = reader.ReadByteString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteUInt32(ServerProtocolVersion);
        SecurityToken.Encode(ref writer);
        writer.WriteByteString(ServerNonce);
    }
}
