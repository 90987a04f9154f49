// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ApplicationDescription of the OPC UA services, binary encoding i=310.</summary>
public sealed class ApplicationDescription : IUaStructure<ApplicationDescription>
{
    public const uint Id = 310;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? ApplicationUri { get; set; }

    public string? ProductUri { get; set; }

    public LocalizedText ApplicationName { get; set; }

    public ApplicationType ApplicationType { get; set; }

    public string? GatewayServerUri { get; set; }

    public string? DiscoveryProfileUri { get; set; }

    public string?[]? DiscoveryUrls { get; set; }

    public static ApplicationDescription Decode(ref UaReader reader)
    {
        var value = new ApplicationDescription();
        value.ApplicationUri = reader.ReadString();
        value.ProductUri = reader.ReadString();
        value.ApplicationName = reader.ReadLocalizedText();
        value.ApplicationType = (ApplicationType)reader.ReadInt32();
        value.GatewayServerUri = reader.ReadString();
        value.DiscoveryProfileUri = reader.ReadString();
        value.DiscoveryUrls = reader.ReadStringArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(ApplicationUri);
        writer.WriteString(ProductUri);
        writer.WriteLocalizedText(ApplicationName);
        writer.WriteInt32((int)ApplicationType);
        writer.WriteString(GatewayServerUri);
        writer.WriteString(DiscoveryProfileUri);
        writer.WriteStringArray(DiscoveryUrls);
    }
}
