// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ResponseHeader of the OPC UA services, binary encoding i=394.</summary>
public sealed class ResponseHeader : IUaStructure<ResponseHeader>
{
    public const uint Id = 394;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long Timestamp { get; set; }

    public uint RequestHandle { get; set; }

    public uint ServiceResult { get; set; }

    public DiagnosticInfo? ServiceDiagnostics { get; set; }

    public string?[]? StringTable { get; set; }

    public ExtensionObject AdditionalHeader { get; set; } = ExtensionObject.Null;

    public static ResponseHeader Decode(ref UaReader reader)
    {
        var value = new ResponseHeader();
        value.Timestamp = reader.ReadDateTime();
        value.RequestHandle = reader.ReadUInt32();
        value.ServiceResult = reader.ReadStatusCode();
        value.ServiceDiagnostics = reader.ReadDiagnosticInfo();
        value.StringTable = reader.ReadStringArray();
        value.AdditionalHeader = reader.ReadExtensionObject();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDateTime(Timestamp);
        writer.WriteUInt32(RequestHandle);
        writer.WriteStatusCode(ServiceResult);
        writer.WriteDiagnosticInfo(ServiceDiagnostics);
        writer.WriteStringArray(StringTable);
        writer.WriteExtensionObject(AdditionalHeader);
    }
}
