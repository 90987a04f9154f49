using System.Xml.Linq;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>A node as a NodeSet describes it; what its class does not have is null or 0.</summary>
internal sealed record TableNode
{
    /// <summary>The name of the element, "UAObject" and its like.</summary>
    public required string Element { get; init; }

    public required TableId Id { get; init; }

    public required (int Namespace, string Name) BrowseName { get; init; }

    public TableText DisplayName { get; init; }

    public TableText Description { get; init; }

    public TableText InverseName { get; init; }

    public bool IsAbstract { get; init; }

    public bool Symmetric { get; init; }

    public byte EventNotifier { get; init; }

    public byte AccessLevel { get; init; }

    public TableId DataType { get; init; }

    public int ValueRank { get; init; }

    public uint[]? ArrayDimensions { get; init; }

    /// <summary>A Variant in OPC UA Binary.</summary>
    public byte[]? Value { get; init; }

    /// <summary>The fields of a data type, still in XML: their base type's, perhaps of another file, come before them.</summary>
    public XElement? Definition { get; init; }
}
