// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure OpenSecureChannelRequest of the OPC UA services, binary encoding i=446.</summary>
public sealed class OpenSecureChannelRequest : IUaRequest<OpenSecureChannelResponse>, IUaStructure<OpenSecureChannelRequest>
{
    public const uint Id = 446;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint ClientProtocolVersion { get; set; }

    public SecurityTokenRequestType RequestType { get; set; }

    public MessageSecurityMode SecurityMode { get; set; }

    public byte[]? ClientNonce { get; set; }

    public uint RequestedLifetime { get; set; }

    public static OpenSecureChannelRequest Decode(ref UaReader reader)
    {
        var value = new OpenSecureChannelRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.ClientProtocolVersion = reader.ReadUInt32();
        value.RequestType = (SecurityTokenRequestType)reader.ReadInt32();
        value.SecurityMode = (MessageSecurityMode)reader.ReadInt32();
        value.ClientNonce = reader.ReadByteString();
        value.RequestedLifetime = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(ClientProtocolVersion);
        writer.WriteInt32((int)RequestType);
        writer.WriteInt32((int)SecurityMode);
        writer.WriteByteString(ClientNonce);
        writer.WriteUInt32(RequestedLifetime);
    }
}
