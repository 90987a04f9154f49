using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>Browse paths lead where they say (OPC UA Part 4, 5.8.4).</summary>
public sealed class BrowsePathTests
{
    private const int PathsToTry = 2000;

    private static readonly AddressSpace Space = Spaces.Shared;

    [Fact]
    public void A_path_of_forward_hierarchical_references_leads_back_to_its_node()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var number = 0; number < PathsToTry; number++)
        {
            var path = RandomPath(random);

            // Two children may bear one name: the node is among the targets, and the only one when names are its own.
            List<UaNode> found = [path[0].Target];
            found = path.Skip(1).Aggregate(found, (nodes, step) => [.. nodes.SelectMany(node => Space.Step(node, step.Type, false, false, step.Target.BrowseName))]);
            Assert.True(found.Contains(path[^1].Target), $"Seed {seed}: {string.Join(" / ", path.Select(step => step.Target))}");
        }
    }

    [Fact]
    public void A_step_goes_against_the_reference_when_that_is_asked()
    {
        var objects = Space.Objects();

        var up = Space.Step(objects, Spaces.Hierarchical, true, true, new QualifiedName(0, "Root"));

        Assert.Equal([new NodeId(0, NodeIds.RootFolder)], up.Select(node => node.Id));
        Assert.Empty(Space.Step(objects, Spaces.Hierarchical, false, true, new QualifiedName(0, "Root")));
    }

    [Fact]
    public void A_step_without_subtypes_takes_references_of_that_very_type_only()
    {
        var root = Space.Get<UaNode>(new NodeId(0, NodeIds.RootFolder));
        var name = new QualifiedName(0, "Objects");

        Assert.Single(Space.Step(root, Spaces.Hierarchical, false, true, name));
        Assert.Empty(Space.Step(root, Spaces.Hierarchical, false, false, name));
        Assert.Single(Space.Step(root, Spaces.Organizes, false, false, name));
        Assert.Single(Space.Step(root, NodeId.Null, false, false, name));
    }

    [Fact]
    public void A_name_in_another_namespace_is_another_name()
    {
        Assert.Null(Space.FindPath(Space.Objects(), new QualifiedName(0, "DeviceSet")));
        Assert.Null(Space.FindPath(Space.Objects(), new QualifiedName(0, "Server"), new QualifiedName(0, "Nothing")));
    }

    private static List<UaReference> RandomPath(Random random)
    {
        var path = new List<UaReference> { new(NodeId.Null, true, Space.Get<UaNode>(new NodeId(0, NodeIds.RootFolder))) };
        var length = random.Next(1, 12);
        while (path.Count <= length)
        {
            var next = path[^1].Target.References.Where(one => one.IsForward && Space.IsSubtype(one.Type, Spaces.Hierarchical)).ToList();
            if (next.Count == 0)
            {
                break;
            }

            path.Add(next[random.Next(next.Count)]);
        }

        return path;
    }
}
