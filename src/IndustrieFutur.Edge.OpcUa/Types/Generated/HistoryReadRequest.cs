// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryReadRequest of the OPC UA services, binary encoding i=664.</summary>
public sealed class HistoryReadRequest : IUaRequest<HistoryReadResponse>, IUaStructure<HistoryReadRequest>
{
    public const uint Id = 664;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public ExtensionObject HistoryReadDetails { get; set; } = ExtensionObject.Null;

    public TimestampsToReturn TimestampsToReturn { get; set; }

    public bool ReleaseContinuationPoints { get; set; }

    public HistoryReadValueId[]? NodesToRead { get; set; }

    public static HistoryReadRequest Decode(ref UaReader reader)
    {
        var value = new HistoryReadRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.HistoryReadDetails = reader.ReadExtensionObject();
        value.TimestampsToReturn = (TimestampsToReturn)reader.ReadInt32();
        value.ReleaseContinuationPoints = reader.ReadBoolean();
        value.NodesToRead = reader.ReadStructureArray<HistoryReadValueId>(16);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteExtensionObject(HistoryReadDetails);
        writer.WriteInt32((int)TimestampsToReturn);
        writer.WriteBoolean(ReleaseContinuationPoints);
        writer.WriteStructureArray(NodesToRead);
    }
}
