// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisterServer2Response of the OPC UA services, binary encoding i=12212.</summary>
public sealed class RegisterServer2Response : IUaResponse<RegisterServer2Response>
{
    public const uint Id = 12212;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint[]? ConfigurationResults { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static RegisterServer2Response Decode(ref UaReader reader)
    {
        var value = new RegisterServer2Response();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.ConfigurationResults = reader.ReadStatusCodeArray();
        value.DiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteStatusCodeArray(ConfigurationResults);
        writer.WriteDiagnosticInfoArray(DiagnosticInfos);
    }
}
