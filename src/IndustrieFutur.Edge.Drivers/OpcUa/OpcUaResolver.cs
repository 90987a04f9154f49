using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Finds the nodes of items in a session: URIs become the indexes of this session, paths are walked by the server.</summary>
internal static class OpcUaResolver
{
    public const uint ObjectsFolder = 85;

    private const uint HierarchicalReferences = 33;

    /// <summary>Tells a path that was followed to its end (OPC UA Part 4, 5.9.4).</summary>
    public const uint WholePath = uint.MaxValue;

    /// <summary>Sets the node of each item, or leaves it unset; returns a status for each.</summary>
    public static uint[] Resolve(UaSession session, IReadOnlyList<OpcUaItem> items, int perCallMax)
    {
        var statuses = new uint[items.Count];
        var paths = new List<int>();
        for (var i = 0; i < items.Count; i++)
        {
            items[i].Node = null;
            if (items[i].Path is not null)
            {
                paths.Add(i);
                continue;
            }

            statuses[i] = Resolve(session, items[i]);
        }

        foreach (var chunk in paths.Chunk(perCallMax))
        {
            Walk(session, items, chunk, statuses);
        }

        RefuseTooFewDimensions(session, items, statuses);
        return statuses;
    }

    /// <summary>
    /// Servers that are asked for the element "1" of a matrix may send the first of its second row, or the second of the first: only the
    /// variable's rank tells that the answer means nothing.
    /// </summary>
    private static void RefuseTooFewDimensions(UaSession session, IReadOnlyList<OpcUaItem> items, uint[] statuses)
    {
        var elements = Enumerable.Range(0, items.Count).Where(i => items[i].IsElement && items[i].Node is not null).ToArray();
        if (elements.Length == 0)
        {
            return;
        }

        var ranks = session.Read([.. elements.Select(i => items[i].Node!.Value)], AttributeIds.ValueRank);
        for (var i = 0; i < elements.Length; i++)
        {
            var item = items[elements[i]];
            if (ranks[i].Value.Value is int rank && item.Dimensions < rank)
            {
                item.Node = null;
                statuses[elements[i]] = StatusCodes.BadIndexRangeInvalid;
            }
        }
    }

    private static uint Resolve(UaSession session, OpcUaItem item)
    {
        if (item.Written is not { } written || !written.TryResolve(session.NamespaceUris, out var node))
        {
            return StatusCodes.BadNodeIdUnknown;
        }

        item.Node = node;
        return StatusCodes.Good;
    }

    private static void Walk(UaSession session, IReadOnlyList<OpcUaItem> items, int[] which, uint[] statuses)
    {
        var asked = new List<(int Item, BrowsePath Path)>();
        foreach (var i in which)
        {
            if (PathOf(new NodeId(0, ObjectsFolder), items[i].Path!, session.NamespaceUris) is { } path)
            {
                asked.Add((i, path));
                continue;
            }

            statuses[i] = StatusCodes.BadNoMatch;
        }

        var results = session.TranslateBrowsePaths([.. asked.Select(pair => pair.Path)]);
        for (var i = 0; i < asked.Count; i++)
        {
            var target = Array.Find(results[i].Targets ?? [], found => found.RemainingPathIndex == WholePath && found.TargetId.ServerIndex == 0);
            var item = items[asked[i].Item];
            item.Node = target is not null && target.TargetId.TryResolve(session.NamespaceUris, out var node) ? node : null;
            statuses[asked[i].Item] = item.Node is not null ? StatusCodes.Good
                : results[i].StatusCode != StatusCodes.Good ? results[i].StatusCode : StatusCodes.BadNoMatch;
        }
    }

    /// <summary>Null when the server has no such namespace.</summary>
    public static BrowsePath? PathOf(NodeId start, OpcUaPath path, IReadOnlyList<string> namespaces)
    {
        var elements = new RelativePathElement[path.Steps.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            var index = IndexOf(path.Steps[i].NamespaceUri, namespaces);
            if (index < 0)
            {
                return null;
            }

            elements[i] = new RelativePathElement
            {
                ReferenceTypeId = new NodeId(0, HierarchicalReferences),
                IncludeSubtypes = true,
                TargetName = new QualifiedName((ushort)index, path.Steps[i].Name),
            };
        }

        return new BrowsePath { StartingNode = start, RelativePath = new RelativePath { Elements = elements } };
    }

    private static int IndexOf(string uri, IReadOnlyList<string> namespaces)
    {
        for (var i = 0; i < namespaces.Count && i <= ushort.MaxValue; i++)
        {
            if (namespaces[i] == uri)
            {
                return i;
            }
        }

        return -1;
    }
}
