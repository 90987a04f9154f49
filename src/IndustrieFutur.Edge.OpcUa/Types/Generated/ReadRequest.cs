// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReadRequest of the OPC UA services, binary encoding i=631.</summary>
public sealed class ReadRequest : IUaRequest<ReadResponse>, IUaStructure<ReadRequest>
{
    public const uint Id = 631;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public double MaxAge { get; set; }

    public TimestampsToReturn TimestampsToReturn { get; set; }

    public ReadValueId[]? NodesToRead { get; set; }

    public static ReadRequest Decode(ref UaReader reader)
    {
        var value = new ReadRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.MaxAge = reader.ReadDouble();
        value.TimestampsToReturn = (TimestampsToReturn)reader.ReadInt32();
        value.NodesToRead = reader.ReadStructureArray<ReadValueId>(16);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteDouble(MaxAge);
        writer.WriteInt32((int)TimestampsToReturn);
        writer.WriteStructureArray(NodesToRead);
    }
}
