namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>How the value behind a tag is laid out. Groups (3 and 4) died before Sparkplug was born and are refused.</summary>
public enum ProtoWire : byte
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
