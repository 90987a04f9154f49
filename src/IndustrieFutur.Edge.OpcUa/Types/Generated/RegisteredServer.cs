// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisteredServer of the OPC UA services, binary encoding i=434.</summary>
public sealed class RegisteredServer : IUaStructure<RegisteredServer>
{
    public const uint Id = 434;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? ServerUri { get; set; }

    public string? ProductUri { get; set; }

    public LocalizedText[]? ServerNames { get; set; }

    public ApplicationType ServerType { get; set; }

    public string? GatewayServerUri { get; set; }

    public string?[]? DiscoveryUrls { get; set; }

    public string? SemaphoreFilePath { get; set; }

    public bool IsOnline { get; set; }

    public static RegisteredServer Decode(ref UaReader reader)
    {
        var value = new RegisteredServer();
        value.ServerUri = reader.ReadString();
        value.ProductUri = reader.ReadString();
        value.ServerNames = reader.ReadLocalizedTextArray();
        value.ServerType = (ApplicationType)reader.ReadInt32();
        value.GatewayServerUri = reader.ReadString();
        value.DiscoveryUrls = reader.ReadStringArray();
        value.SemaphoreFilePath = reader.ReadString();
        value.IsOnline = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(ServerUri);
        writer.WriteString(ProductUri);
        writer.WriteLocalizedTextArray(ServerNames);
        writer.WriteInt32((int)ServerType);
        writer.WriteString(GatewayServerUri);
        writer.WriteStringArray(DiscoveryUrls);
        writer.WriteString(SemaphoreFilePath);
        writer.WriteBoolean(IsOnline);
    }
}
