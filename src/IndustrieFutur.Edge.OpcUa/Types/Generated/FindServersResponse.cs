// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure FindServersResponse of the OPC UA services, binary encoding i=425.</summary>
public sealed class FindServersResponse : IUaResponse<FindServersResponse>
{
    public const uint Id = 425;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public ApplicationDescription[]? Servers { get; set; }

    public static FindServersResponse Decode(ref UaReader reader)
    {
        var value = new FindServersResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Servers = reader.ReadStructureArray<ApplicationDescription>(25);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteStructureArray(Servers);
    }
}
