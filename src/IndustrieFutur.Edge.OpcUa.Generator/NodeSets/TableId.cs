namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>A numeric node id whose namespace is a place in the table's own list of URIs.</summary>
internal readonly record struct TableId(int Namespace, uint Number)
{
    public static TableId Core(uint number) => new(0, number);
}
