// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisterServer2Request of the OPC UA services, binary encoding i=12211.</summary>
public sealed class RegisterServer2Request : IUaRequest<RegisterServer2Response>, IUaStructure<RegisterServer2Request>
{
    public const uint Id = 12211;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public RegisteredServer Server { get; set; } = new();

    public ExtensionObject[]? DiscoveryConfiguration { get; set; }

    public static RegisterServer2Request Decode(ref UaReader reader)
    {
        var value = new RegisterServer2Request();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.Server = RegisteredServer.Decode(ref reader);
        value.DiscoveryConfiguration = reader.ReadExtensionObjectArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        Server.Encode(ref writer);
        writer.WriteExtensionObjectArray(DiscoveryConfiguration);
    }
}
