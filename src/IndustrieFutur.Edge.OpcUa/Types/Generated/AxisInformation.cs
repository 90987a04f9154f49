// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AxisInformation of the OPC UA services, binary encoding i=12089.</summary>
public sealed class AxisInformation : IUaStructure<AxisInformation>
{
    public const uint Id = 12089;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public EUInformation EngineeringUnits { get; set; } = new();

    public Range EURange { get; set; } = new();

    public LocalizedText Title { get; set; }

    public AxisScaleEnumeration AxisScaleType { get; set; }

    public double[]? AxisSteps { get; set; }

    public static AxisInformation Decode(ref UaReader reader)
    {
        var value = new AxisInformation();
        value.EngineeringUnits = EUInformation.Decode(ref reader);
        value.EURange = Range.Decode(ref reader);
        value.Title = reader.ReadLocalizedText();
        value.AxisScaleType = (AxisScaleEnumeration)reader.ReadInt32();
        value.AxisSteps = reader.ReadDoubleArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        EngineeringUnits.Encode(ref writer);
        EURange.Encode(ref writer);
        writer.WriteLocalizedText(Title);
        writer.WriteInt32((int)AxisScaleType);
        writer.WriteDoubleArray(AxisSteps);
    }
}
