using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>Looks at what a target lies under, on a server that has robots by the specification: nothing of their safety is touched, however it is named.</summary>
internal sealed class OpcUaWayUp(UaSession session)
{
    /// <summary>A node has one parent or two, and a model is a dozen levels deep; a server must not keep us asking.</summary>
    private const int NodesMax = 128;

    private const int ParentsMax = 16;

    /// <summary>The browse name of each reference (OPC UA Part 4, 5.9.2.2).</summary>
    private const uint BrowseNameOnly = 8;

    public void Judge(OpcUaCommandTarget[] targets)
    {
        if (!session.NamespaceUris.Contains(OpcUaForbidden.Robotics))
        {
            return;
        }

        foreach (var target in targets)
        {
            Judge(target);
        }
    }

    private void Judge(OpcUaCommandTarget target)
    {
        var way = new List<(bool IsRobotics, string? Name)>();
        var seen = new HashSet<NodeId>();
        NodeId[] level = target.Options.IsCall ? [target.Object, target.Node] : [target.Node];
        Read(level, way);
        while (level.Length > 0 && target.Fault is null)
        {
            seen.UnionWith(level);
            var up = session.Browse([.. level.Select(ParentsOf)], ParentsMax);
            var parents = new List<NodeId>();
            foreach (var result in up)
            {
                if (result.StatusCode != StatusCodes.Good)
                {
                    target.Fail($"the server does not say where it lies: {StatusCodes.NameOf(result.StatusCode)}");
                }

                foreach (var parent in result.References ?? [])
                {
                    way.Add((IsRobotics(parent.BrowseName), parent.BrowseName.Name));
                    if (parent.NodeId.TryResolve(session.NamespaceUris, out var node) && node != new NodeId(0, OpcUaResolver.ObjectsFolder))
                    {
                        parents.Add(node);
                    }
                }
            }

            level = [.. parents.Distinct().Where(node => !seen.Contains(node))];
            if (seen.Count + level.Length > NodesMax)
            {
                target.Fail($"it lies under more than {NodesMax} nodes, which is more than is looked at");
            }
        }

        if (OpcUaForbidden.OfWay(way, !target.Options.IsCall) is { } what)
        {
            target.Fail($"{what} is never commanded from here");
        }
    }

    private void Read(NodeId[] nodes, List<(bool IsRobotics, string? Name)> way)
    {
        foreach (var answer in session.Read(nodes, AttributeIds.BrowseName))
        {
            if (answer.Value.Value is QualifiedName name)
            {
                way.Add((IsRobotics(name), name.Name));
            }
        }
    }

    private bool IsRobotics(QualifiedName name) =>
        name.NamespaceIndex < session.NamespaceUris.Count && session.NamespaceUris[name.NamespaceIndex] == OpcUaForbidden.Robotics;

    private static BrowseDescription ParentsOf(NodeId node) => new()
    {
        NodeId = node,
        BrowseDirection = BrowseDirection.Inverse,
        ReferenceTypeId = new NodeId(0, NodeIds.HierarchicalReferences),
        IncludeSubtypes = true,
        ResultMask = BrowseNameOnly,
    };
}
