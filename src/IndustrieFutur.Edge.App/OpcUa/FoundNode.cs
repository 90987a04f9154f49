using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>A node as the walk meets it: how it was reached, and what is below it.</summary>
internal sealed class FoundNode(FoundNode? parent, NodeId id, ReferenceDescription reference, bool isSeenBefore)
{
    public FoundNode? Parent => parent;

    public NodeId Id => id;

    public ReferenceDescription Reference => reference;

    public bool IsSeenBefore => isSeenBefore;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public string Name => ServerWords.Plain(reference.BrowseName.Name);

    public string Path { get; } = (parent is null ? "" : parent.Path + "/") + ServerWords.Plain(reference.BrowseName.Name);

    public List<FoundNode> Children { get; } = [];

    public bool IsVariable => reference.NodeClass == NodeClass.Variable;

    /// <summary>Itself and all below it, as a tree is read.</summary>
    public IEnumerable<FoundNode> WithDescendants() => Children.SelectMany(child => child.WithDescendants()).Prepend(this);
}
