// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure FindServersRequest of the OPC UA services, binary encoding i=422.</summary>
public sealed class FindServersRequest : IUaRequest<FindServersResponse>, IUaStructure<FindServersRequest>
{
    public const uint Id = 422;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public string? EndpointUrl { get; set; }

    public string?[]? LocaleIds { get; set; }

    public string?[]? ServerUris { get; set; }

    public static FindServersRequest Decode(ref UaReader reader)
    {
        var value = new FindServersRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.EndpointUrl = reader.ReadString();
        value.LocaleIds = reader.ReadStringArray();
        value.ServerUris = reader.ReadStringArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteString(EndpointUrl);
        writer.WriteStringArray(LocaleIds);
        writer.WriteStringArray(ServerUris);
    }
}
