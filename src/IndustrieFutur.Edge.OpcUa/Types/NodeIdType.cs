namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>The four kinds of identifier a NodeId may carry (OPC UA Part 3, 8.2.3).</summary>
public enum NodeIdType : byte
{
    Numeric = 0,
    String = 1,
    Guid = 2,
    Opaque = 3,
}
