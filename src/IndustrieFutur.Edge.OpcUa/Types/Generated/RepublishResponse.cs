// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RepublishResponse of the OPC UA services, binary encoding i=835.</summary>
public sealed class RepublishResponse : IUaResponse<RepublishResponse>
{
    public const uint Id = 835;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public NotificationMessage NotificationMessage { get; set; } = new();

    public static RepublishResponse Decode(ref UaReader reader)
    {
        var value = new RepublishResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.NotificationMessage = NotificationMessage.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        NotificationMessage.Encode(ref writer);
    }
}
