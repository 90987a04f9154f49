using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>A node of a server's address space as a person wants to see it: where it is, what it is, what it says.</summary>
internal sealed record BrowsedNode
{
    /// <summary>0 for a child of the node where the browse began.</summary>
    public required int Depth { get; init; }

    /// <summary>The browse names from there, with slashes between.</summary>
    public required string Path { get; init; }

    /// <summary>Its own browse name, without its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>Object, Variable, Method ...</summary>
    public required string NodeClass { get; init; }

    /// <summary>Its NodeId with the namespace as a URI, which survives a change of the server's namespace table.</summary>
    public required string Id { get; init; }

    /// <summary>The type of the object or variable: AxisType, AnalogItemType ...; empty when it has none.</summary>
    public string TypeDefinition { get; init; } = "";

    /// <summary>A property describes its parent and is no signal of its own.</summary>
    public bool IsProperty { get; init; }

    /// <summary>The data type as the server calls it, with brackets for an array; empty for what is no variable.</summary>
    public string DataType { get; init; } = "";

    /// <summary>The word for "type" in our configuration; null when it is no value that a signal can carry.</summary>
    public string? SignalType { get; init; }

    public string Value { get; init; } = "";

    /// <summary>The same as JSON has it.</summary>
    public JsonNode? Json { get; init; }

    /// <summary>Elements of an array and fields of a structure; none of a plain value.</summary>
    public IReadOnlyList<BrowsedPart> Parts { get; init; } = [];

    /// <summary>Which parts are missing there; empty when none are.</summary>
    public string PartsCut { get; init; } = "";

    /// <summary>Why an array or a structure has no parts, to be said after its type; empty otherwise.</summary>
    public string Closed { get; init; } = "";

    /// <summary>The status of the value; 0 is Good.</summary>
    public uint Status { get; init; }

    /// <summary>Engineering unit, where the server tells one.</summary>
    public string Unit { get; init; } = "";

    public string DisplayName { get; init; } = "";

    /// <summary>The server has it elsewhere in the tree too; what lies below is shown there, once.</summary>
    public bool IsSeenBefore { get; init; }
}
