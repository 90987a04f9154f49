namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>One NodeSet file: its namespace, what it needs, its nodes, and its references, each once and from its source.</summary>
internal sealed record Model(
    int Namespace,
    IReadOnlyList<int> Required,
    IReadOnlyList<TableNode> Nodes,
    IReadOnlyList<TableReference> References,
    NodeSetNames Names);
