// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryReadResult of the OPC UA services, binary encoding i=640.</summary>
public sealed class HistoryReadResult : IUaStructure<HistoryReadResult>
{
    public const uint Id = 640;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public byte[]? ContinuationPoint { get; set; }

    public ExtensionObject HistoryData { get; set; } = ExtensionObject.Null;

    public static HistoryReadResult Decode(ref UaReader reader)
    {
        var value = new HistoryReadResult();
        value.StatusCode = reader.ReadStatusCode();
        value.ContinuationPoint = reader.ReadByteString();
        value.HistoryData = reader.ReadExtensionObject();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteByteString(ContinuationPoint);
        writer.WriteExtensionObject(HistoryData);
    }
}
