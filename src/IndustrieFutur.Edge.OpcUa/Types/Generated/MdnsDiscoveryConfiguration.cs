// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MdnsDiscoveryConfiguration of the OPC UA services, binary encoding i=12901.</summary>
public sealed class MdnsDiscoveryConfiguration : IUaStructure<MdnsDiscoveryConfiguration>
{
    public const uint Id = 12901;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? MdnsServerName { get; set; }

    public string?[]? ServerCapabilities { get; set; }

    public static MdnsDiscoveryConfiguration Decode(ref UaReader reader)
    {
        var value = new MdnsDiscoveryConfiguration();
        value.MdnsServerName = reader.ReadString();
        value.ServerCapabilities = reader.ReadStringArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(MdnsServerName);
        writer.WriteStringArray(ServerCapabilities);
    }
}
