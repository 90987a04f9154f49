// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure PublishResponse of the OPC UA services, binary encoding i=829.</summary>
public sealed class PublishResponse : IUaResponse<PublishResponse>
{
    public const uint Id = 829;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public uint[]? AvailableSequenceNumbers { get; set; }

    public bool MoreNotifications { get; set; }

    public NotificationMessage NotificationMessage { get; set; } = new();

    public uint[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static PublishResponse Decode(ref UaReader reader)
    {
        var value = new PublishResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.AvailableSequenceNumbers = reader.ReadUInt32Array();
        value.MoreNotifications = reader.ReadBoolean();
        value.NotificationMessage = NotificationMessage.Decode(ref reader);
        value.Results = reader.ReadStatusCodeArray();
        value.DiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32Array(AvailableSequenceNumbers);
        writer.WriteBoolean(MoreNotifications);
        NotificationMessage.Encode(ref writer);
        writer.WriteStatusCodeArray(Results);
        writer.WriteDiagnosticInfoArray(DiagnosticInfos);
    }
}
