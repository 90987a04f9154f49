using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>Finds the axes of every robot on a server by their type, as OPC 40010-1 (Robotics) defines it, whatever the vendor named them.</summary>
internal static class ArmAxes
{
    private const string Robotics = "http://opcfoundation.org/UA/Robotics/";
    private const string Devices = "http://opcfoundation.org/UA/DI/";

    /// <summary>OPC 40010-1: AxisType.</summary>
    private const uint AxisType = 16601;

    private static readonly NodeId Objects = new(0, 85);

    /// <summary>The actual position of each axis (ParameterSet/ActualPosition).</summary>
    public static NodeId[] Positions(UaSession session)
    {
        var robotics = IndexOf(session, Robotics);
        var paths = Axes(session, new NodeId(robotics, AxisType)).Select(axis => PathTo(axis, IndexOf(session, Devices), robotics)).ToArray();
        return [.. session.TranslateBrowsePaths(paths).SelectMany(result => result.Targets ?? []).Select(target => Resolve(session, target.TargetId))];
    }

    private static List<NodeId> Axes(UaSession session, NodeId axisType)
    {
        var (axes, level, seen) = (new List<NodeId>(), new List<NodeId> { Objects }, new HashSet<NodeId> { Objects });
        while (level.Count > 0)
        {
            var found = session.Browse([.. level.Select(ViewServices.ChildrenOf)])
                .SelectMany(result => result.References ?? [])
                .Where(reference => reference.NodeClass == NodeClass.Object && seen.Add(Resolve(session, reference.NodeId)))
                .ToArray();
            axes.AddRange(found.Where(reference => Resolve(session, reference.TypeDefinition) == axisType).Select(reference => Resolve(session, reference.NodeId)));
            level = [.. found.Select(reference => Resolve(session, reference.NodeId))];
        }

        return axes;
    }

    private static BrowsePath PathTo(NodeId axis, ushort devices, ushort robotics) => new()
    {
        StartingNode = axis,
        RelativePath = new RelativePath { Elements = [Step(new QualifiedName(devices, "ParameterSet")), Step(new QualifiedName(robotics, "ActualPosition"))] },
    };

    private static RelativePathElement Step(QualifiedName name) => new() { ReferenceTypeId = new NodeId(0, 33), IncludeSubtypes = true, TargetName = name };

    private static NodeId Resolve(UaSession session, ExpandedNodeId node) => node.TryResolve(session.NamespaceUris, out var local) ? local : NodeId.Null;

    private static ushort IndexOf(UaSession session, string uri) => (ushort)session.NamespaceUris.ToList().IndexOf(uri);
}
