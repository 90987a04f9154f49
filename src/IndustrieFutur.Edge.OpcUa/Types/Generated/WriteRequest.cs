// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure WriteRequest of the OPC UA services, binary encoding i=673.</summary>
public sealed class WriteRequest : IUaRequest<WriteResponse>, IUaStructure<WriteRequest>
{
    public const uint Id = 673;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public WriteValue[]? NodesToWrite { get; set; }

    public static WriteRequest Decode(ref UaReader reader)
    {
        var value = new WriteRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.NodesToWrite = reader.ReadStructureArray<WriteValue>(11);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteStructureArray(NodesToWrite);
    }
}
