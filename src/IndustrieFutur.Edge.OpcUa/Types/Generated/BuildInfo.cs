// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BuildInfo of the OPC UA services, binary encoding i=340.</summary>
public sealed class BuildInfo : IUaStructure<BuildInfo>
{
    public const uint Id = 340;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? ProductUri { get; set; }

    public string? ManufacturerName { get; set; }

    public string? ProductName { get; set; }

    public string? SoftwareVersion { get; set; }

    public string? BuildNumber { get; set; }

    public long BuildDate { get; set; }

    public static BuildInfo Decode(ref UaReader reader)
    {
        var value = new BuildInfo();
        value.ProductUri = reader.ReadString();
        value.ManufacturerName = reader.ReadString();
        value.ProductName = reader.ReadString();
        value.SoftwareVersion = reader.ReadString();
        value.BuildNumber = reader.ReadString();
        value.BuildDate = reader.ReadDateTime();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(ProductUri);
        writer.WriteString(ManufacturerName);
        writer.WriteString(ProductName);
        writer.WriteString(SoftwareVersion);
        writer.WriteString(BuildNumber);
        writer.WriteDateTime(BuildDate);
    }
}
