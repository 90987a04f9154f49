namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Which parts of a DataValue are on the wire (OPC UA Part 6, 5.2.2.17).</summary>
[Flags]
public enum DataValueFields : byte
{
    None = 0,
    Value = 0x01,
    Status = 0x02,
    SourceTimestamp = 0x04,
    ServerTimestamp = 0x08,
    SourcePicoseconds = 0x10,
    ServerPicoseconds = 0x20,
}
