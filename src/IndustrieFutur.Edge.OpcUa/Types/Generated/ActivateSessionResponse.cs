// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ActivateSessionResponse of the OPC UA services, binary encoding i=470.</summary>
public sealed class ActivateSessionResponse : IUaResponse<ActivateSessionResponse>
{
    public const uint Id = 470;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public byte[]? ServerNonce { get; set; }

    public uint[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static ActivateSessionResponse Decode(ref UaReader reader)
    {
        var value = new ActivateSessionResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.ServerNonce = reader.ReadByteString();
        value.Results = reader.ReadStatusCodeArray();
        value.DiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteByteString(ServerNonce);
        writer.WriteStatusCodeArray(Results);
        writer.WriteDiagnosticInfoArray(DiagnosticInfos);
    }
}
