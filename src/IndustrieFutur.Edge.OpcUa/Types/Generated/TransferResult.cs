// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure TransferResult of the OPC UA services, binary encoding i=838.</summary>
public sealed class TransferResult : IUaStructure<TransferResult>
{
    public const uint Id = 838;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public uint[]? AvailableSequenceNumbers { get; set; }

    public static TransferResult Decode(ref UaReader reader)
    {
        var value = new TransferResult();
        value.StatusCode = reader.ReadStatusCode();
        value.AvailableSequenceNumbers = reader.ReadUInt32Array();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteUInt32Array(AvailableSequenceNumbers);
    }
}
