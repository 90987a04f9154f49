// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RequestHeader of the OPC UA services, binary encoding i=391.</summary>
public sealed class RequestHeader : IUaStructure<RequestHeader>
{
    public const uint Id = 391;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId AuthenticationToken { get; set; }

    public long Timestamp { get; set; }

    public uint RequestHandle { get; set; }

    public uint ReturnDiagnostics { get; set; }

    public string? AuditEntryId { get; set; }

    public uint TimeoutHint { get; set; }

    public ExtensionObject AdditionalHeader { get; set; } = ExtensionObject.Null;

    public static RequestHeader Decode(ref UaReader reader)
    {
        var value = new RequestHeader();
        value.AuthenticationToken = reader.ReadNodeId();
        value.Timestamp = reader.ReadDateTime();
        value.RequestHandle = reader.ReadUInt32();
        value.ReturnDiagnostics = reader.ReadUInt32();
        value.AuditEntryId = reader.ReadString();
        value.TimeoutHint = reader.ReadUInt32();
        value.AdditionalHeader = reader.ReadExtensionObject();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(AuthenticationToken);
        writer.WriteDateTime(Timestamp);
        writer.WriteUInt32(RequestHandle);
        writer.WriteUInt32(ReturnDiagnostics);
        writer.WriteString(AuditEntryId);
        writer.WriteUInt32(TimeoutHint);
        writer.WriteExtensionObject(AdditionalHeader);
    }
}
