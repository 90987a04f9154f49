using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Finds nodes (OPC UA Part 4, 5.9), in batches that the server takes.</summary>
public static class ViewServices
{
    /// <summary>A folder of more children is cut, and says so: nobody reads a list of a hundred thousand.</summary>
    public const int ReferencesPerNodeMaxDefault = 100_000;

    /// <summary>Reference type, direction, class, names and type definition (OPC UA Part 4, 5.9.2.2).</summary>
    private const uint AllFields = 63;

    /// <summary>
    /// All references of each node, in the nodes' order: continuation points are followed to their end, or given back when a node has more
    /// references than wanted (its status is then GoodMoreData).
    /// </summary>
    public static BrowseResult[] Browse(
        this UaSession session, IReadOnlyList<BrowseDescription> nodes, int referencesPerNodeMax = ReferencesPerNodeMaxDefault)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(nodes);
        var walk = new BrowseWalk(session, referencesPerNodeMax);
        var results = session.Batches.Run(nodes, session.Sizes.Browse, session.Batches.BytesOf, walk.Browse, status => new BrowseResult { StatusCode = status });
        walk.BrowseAloneWhatWasRefused(nodes, results);
        return results;
    }

    /// <summary>The children of a node: its forward hierarchical references with all that is known of them.</summary>
    public static BrowseResult BrowseChildren(this UaSession session, NodeId node, int referencesMax = ReferencesPerNodeMaxDefault) =>
        session.Browse([ChildrenOf(node)], referencesMax)[0];

    /// <summary>Describes the children of a node, to browse many at once.</summary>
    public static BrowseDescription ChildrenOf(NodeId node) => new()
    {
        NodeId = node,
        BrowseDirection = BrowseDirection.Forward,
        ReferenceTypeId = new NodeId(0, NodeIds.HierarchicalReferences),
        IncludeSubtypes = true,
        ResultMask = AllFields,
    };

    /// <summary>The nodes at the ends of paths. A full match on this server has the remaining index 0xFFFFFFFF.</summary>
    public static BrowsePathResult[] TranslateBrowsePaths(this UaSession session, IReadOnlyList<BrowsePath> paths)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(paths);
        return session.Batches.Run(
            paths,
            session.Sizes.Translate,
            session.Batches.BytesOf,
            batch => session.Invoke(new TranslateBrowsePathsToNodeIdsRequest { BrowsePaths = batch }).Results,
            status => new BrowsePathResult { StatusCode = status });
    }

    /// <summary>Shorter names for nodes that are used again and again; a node that got none keeps its own.</summary>
    public static NodeId[] RegisterNodes(this UaSession session, IReadOnlyList<NodeId> nodes)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(nodes);
        var registered = session.Batches.Run(
            nodes,
            session.Sizes.Register,
            session.Batches.BytesOf,
            batch => session.Invoke(new RegisterNodesRequest { NodesToRegister = batch }).RegisteredNodeIds,
            _ => NodeId.Null);
        for (var i = 0; i < registered.Length; i++)
        {
            registered[i] = registered[i].IsNull ? nodes[i] : registered[i];
        }

        return registered;
    }

    public static void UnregisterNodes(this UaSession session, IReadOnlyList<NodeId> nodes)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(nodes);
        session.Batches.Run(nodes, session.Sizes.Register, session.Batches.BytesOf, Unregister, status => status);

        uint[]? Unregister(NodeId[] batch)
        {
            session.Invoke(new UnregisterNodesRequest { NodesToUnregister = batch });
            return null;
        }
    }
}
