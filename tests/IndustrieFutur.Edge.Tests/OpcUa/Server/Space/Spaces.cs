using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>Address spaces with every model that is carried: one for those who only read, new ones for those who change.</summary>
internal static class Spaces
{
    public static readonly NodeId Hierarchical = new(0, NodeIds.HierarchicalReferences);
    public static readonly NodeId HasComponent = new(0, NodeIds.HasComponent);
    public static readonly NodeId Organizes = new(0, NodeIds.Organizes);

    private static readonly Lazy<AddressSpace> Whole = new(New);

    /// <summary>Never changed: tests run beside each other.</summary>
    public static AddressSpace Shared => Whole.Value;

    public static AddressSpace New()
    {
        var space = new AddressSpace("urn:test:cell");
        NodeSets.Load(space, NodeSets.Robotics, NodeSets.Machinery, NodeSets.PackMl);
        return space;
    }

    public static NodeId Id(this AddressSpace space, string model, uint number) => new(space.Namespaces.IndexOf(model), number);

    public static QualifiedName Name(this AddressSpace space, string model, string name) => new(space.Namespaces.IndexOf(model), name);

    public static UaNode Objects(this AddressSpace space) => space.Get<UaNode>(new NodeId(0, NodeIds.ObjectsFolder));

    /// <summary>The node at the end of names whose namespaces do not matter.</summary>
    public static UaNode? Below(this UaNode from, string path)
    {
        UaNode? node = from;
        foreach (var name in path.Split('/'))
        {
            node = node?.References.FirstOrDefault(one => one.IsForward && one.Target.BrowseName.Name == name).Target;
        }

        return node;
    }
}
