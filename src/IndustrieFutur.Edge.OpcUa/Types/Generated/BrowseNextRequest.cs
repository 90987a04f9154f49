// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowseNextRequest of the OPC UA services, binary encoding i=533.</summary>
public sealed class BrowseNextRequest : IUaRequest<BrowseNextResponse>, IUaStructure<BrowseNextRequest>
{
    public const uint Id = 533;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public bool ReleaseContinuationPoints { get; set; }

    public byte[]?[]? ContinuationPoints { get; set; }

    public static BrowseNextRequest Decode(ref UaReader reader)
    {
        var value = new BrowseNextRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.ReleaseContinuationPoints = reader.ReadBoolean();
        value.ContinuationPoints = reader.ReadByteStringArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteBoolean(ReleaseContinuationPoints);
        writer.WriteByteStringArray(ContinuationPoints);
    }
}
