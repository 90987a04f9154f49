// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CancelRequest of the OPC UA services, binary encoding i=479.</summary>
public sealed class CancelRequest : IUaRequest<CancelResponse>, IUaStructure<CancelRequest>
{
    public const uint Id = 479;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint RequestHandle { get; set; }

    public static CancelRequest Decode(ref UaReader reader)
    {
        var value = new CancelRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.RequestHandle = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(RequestHandle);
    }
}
