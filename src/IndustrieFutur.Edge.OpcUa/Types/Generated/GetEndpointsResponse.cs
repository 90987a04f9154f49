// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure GetEndpointsResponse of the OPC UA services, binary encoding i=431.</summary>
public sealed class GetEndpointsResponse : IUaResponse<GetEndpointsResponse>
{
    public const uint Id = 431;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public EndpointDescription[]? Endpoints { get; set; }

    public static GetEndpointsResponse Decode(ref UaReader reader)
    {
        var value = new GetEndpointsResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Endpoints = reader.ReadStructureArray<EndpointDescription>(50);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteStructureArray(Endpoints);
    }
}
