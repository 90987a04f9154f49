// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ContentFilterElementResult of the OPC UA services, binary encoding i=606.</summary>
public sealed class ContentFilterElementResult : IUaStructure<ContentFilterElementResult>
{
    public const uint Id = 606;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public uint[]? OperandStatusCodes { get; set; }

    public DiagnosticInfo?[]? OperandDiagnosticInfos { get; set; }

    public static ContentFilterElementResult Decode(ref UaReader reader)
    {
        var value = new ContentFilterElementResult();
        value.StatusCode = reader.ReadStatusCode();
        value.OperandStatusCodes = reader.ReadStatusCodeArray();
        value.OperandDiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteStatusCodeArray(OperandStatusCodes);
        writer.WriteDiagnosticInfoArray(OperandDiagnosticInfos);
    }
}
