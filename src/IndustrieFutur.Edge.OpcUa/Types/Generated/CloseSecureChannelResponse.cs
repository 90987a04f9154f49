// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CloseSecureChannelResponse of the OPC UA services, binary encoding i=455.</summary>
public sealed class CloseSecureChannelResponse : IUaResponse<CloseSecureChannelResponse>
{
    public const uint Id = 455;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public static CloseSecureChannelResponse Decode(ref UaReader reader)
    {
        var value = new CloseSecureChannelResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
    }
}
