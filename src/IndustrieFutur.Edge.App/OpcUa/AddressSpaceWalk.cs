using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>
/// Walks through a server's address space along its hierarchical references, level by level, so that a level costs a few requests and
/// not one per node. A node that is met again is shown and not entered again: address spaces have loops.
/// </summary>
internal sealed class AddressSpaceWalk(UaSession session, WalkOptions options)
{
    private readonly HashSet<NodeId> _seen = [options.From];
    private int _count;

    /// <summary>Why the walk ended before its end; null when it saw everything.</summary>
    public string? Cut { get; private set; }

    /// <summary>What is directly below the start, with all below it.</summary>
    public IReadOnlyList<FoundNode> Run(Action<int> progress)
    {
        var roots = Children(null, session.BrowseChildren(options.From)).ToList();
        var level = roots;
        while (level.Count > 0)
        {
            progress(_count);
            level = Enter([.. level.Where(node => !node.IsSeenBefore)]);
        }

        return roots;
    }

    private List<FoundNode> Enter(FoundNode[] nodes)
    {
        if (nodes.Length > 0 && nodes[0].Depth >= options.DepthMax - 1)
        {
            Cut = $"the tree is deeper than {options.DepthMax} levels; add --depth, or begin further down with --from";
            return [];
        }

        var results = session.Browse([.. nodes.Select(node => ViewServices.ChildrenOf(node.Id))]);
        for (var index = 0; index < nodes.Length; index++)
        {
            nodes[index].Children.AddRange(Children(nodes[index], results[index]));
        }

        return [.. nodes.SelectMany(node => node.Children)];
    }

    private IEnumerable<FoundNode> Children(FoundNode? parent, BrowseResult result)
    {
        foreach (var reference in result.References ?? [])
        {
            // What lies on another server is browsed there.
            if (reference.NodeId.ServerIndex != 0 || !reference.NodeId.TryResolve(session.NamespaceUris, out var id)
                || (id == WalkOptions.Server && !options.WithServer))
            {
                continue;
            }

            if (_count >= options.NodesMax)
            {
                Cut = $"the server has more than {options.NodesMax} nodes; add --max, or begin further down with --from";
                yield break;
            }

            _count++;
            yield return new FoundNode(parent, id, reference, isSeenBefore: !_seen.Add(id));
        }
    }
}
