// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CallMethodResult of the OPC UA services, binary encoding i=709.</summary>
public sealed class CallMethodResult : IUaStructure<CallMethodResult>
{
    public const uint Id = 709;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public uint[]? InputArgumentResults { get; set; }

    public DiagnosticInfo?[]? InputArgumentDiagnosticInfos { get; set; }

    public Variant[]? OutputArguments { get; set; }

    public static CallMethodResult Decode(ref UaReader reader)
    {
        var value = new CallMethodResult();
        value.StatusCode = reader.ReadStatusCode();
        value.InputArgumentResults = reader.ReadStatusCodeArray();
        value.InputArgumentDiagnosticInfos = reader.ReadDiagnosticInfoArray();
        value.OutputArguments = reader.ReadVariantArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteStatusCodeArray(InputArgumentResults);
        writer.WriteDiagnosticInfoArray(InputArgumentDiagnosticInfos);
        writer.WriteVariantArray(OutputArguments);
    }
}
