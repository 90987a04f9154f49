namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>What must change before a server sends a value (OPC UA Part 4, 7.22.2).</summary>
public enum OpcUaTrigger
{
    Status,
    StatusValue,
    StatusValueTimestamp,
}
