// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AggregateConfiguration of the OPC UA services, binary encoding i=950.</summary>
public sealed class AggregateConfiguration : IUaStructure<AggregateConfiguration>
{
    public const uint Id = 950;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public bool UseServerCapabilitiesDefaults { get; set; }

    public bool TreatUncertainAsBad { get; set; }

    public byte PercentDataBad { get; set; }

    public byte PercentDataGood { get; set; }

    public bool UseSlopedExtrapolation { get; set; }

    public static AggregateConfiguration Decode(ref UaReader reader)
    {
        var value = new AggregateConfiguration();
        value.UseServerCapabilitiesDefaults = reader.ReadBoolean();
        value.TreatUncertainAsBad = reader.ReadBoolean();
        value.PercentDataBad = reader.ReadByte();
        value.PercentDataGood = reader.ReadByte();
        value.UseSlopedExtrapolation = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteBoolean(UseServerCapabilitiesDefaults);
        writer.WriteBoolean(TreatUncertainAsBad);
        writer.WriteByte(PercentDataBad);
        writer.WriteByte(PercentDataGood);
        writer.WriteBoolean(UseSlopedExtrapolation);
    }
}
