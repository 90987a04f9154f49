using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>What an application adds to an address space, joins and takes away.</summary>
public sealed class AddressSpaceTests
{
    [Fact]
    public void A_node_is_found_where_it_was_added()
    {
        var space = Spaces.New();

        var variable = Add(space, space.Objects(), "Speed");

        Assert.Same(variable, space.Find(variable.Id));
        Assert.Same(variable, space.FindPath(space.Objects(), variable.BrowseName));
        Assert.Contains(new UaReference(Spaces.HasComponent, false, space.Objects()), variable.References);
        Assert.Throws<ArgumentException>(() => space.Add(new UaObject(variable.Id, variable.BrowseName)));
    }

    [Fact]
    public void A_reference_added_twice_is_there_once()
    {
        var space = Spaces.New();
        var variable = Add(space, space.Objects(), "Speed");
        var before = variable.References.Length;

        space.AddReference(space.Objects(), Spaces.HasComponent, variable);

        Assert.Equal(before, variable.References.Length);
    }

    [Fact]
    public void A_subtree_goes_but_not_what_hangs_elsewhere_too()
    {
        var space = Spaces.New();
        var count = space.Count;
        var axis = space.Instantiate(space.Id(NodeSets.Robotics, 16601), space.Objects(), Spaces.HasComponent, new QualifiedName(1, "Axis"));
        var shared = Add(space, axis, "Shared");
        space.AddReference(space.Objects(), Spaces.Organizes, shared);

        space.Remove(axis);

        Assert.Equal(count + 1, space.Count);
        Assert.Same(shared, space.Find(shared.Id));
        Assert.Null(space.Find(axis.Id));
        Assert.Null(space.Find(new NodeId(1, "Axis/ParameterSet/ActualPosition")));
        Assert.DoesNotContain(space.Nodes, node => node.References.Any(reference => space.Find(reference.Target.Id) is null));
    }

    [Fact]
    public void A_method_is_meant_by_its_own_id_or_by_that_of_its_declaration()
    {
        var space = Spaces.New();
        var alarm = space.Instantiate(new NodeId(0, 10637), space.Objects(), Spaces.HasComponent, new QualifiedName(1, "Alarm"));
        var own = alarm.Below("Acknowledge");
        var declared = space.Get<UaMethod>(new NodeId(0, 9111));

        Assert.Same(own, space.FindMethod(alarm, own!.Id));
        Assert.Same(own, space.FindMethod(alarm, declared.Id));
        Assert.Null(space.FindMethod(space.Objects(), own.Id));
        Assert.Null(space.FindMethod(alarm, new NodeId(0, NodeIds.GetMonitoredItems)));
        Assert.Null(space.FindMethod(alarm, new NodeId(1, "nothing")));
    }

    [Fact]
    public void Others_read_while_one_changes()
    {
        var space = Spaces.New();
        var isDone = false;
        var lost = 0;
        var reader = new Thread(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                foreach (var reference in space.Objects().References)
                {
                    lost += reference.Target is null || reference.Target.BrowseName.IsNull ? 1 : 0;
                }
            }
        });
        reader.Start();

        for (var number = 0; number < 300; number++)
        {
            space.Remove(space.Instantiate(space.Id(NodeSets.Robotics, 16601), space.Objects(), Spaces.HasComponent, new QualifiedName(1, "Axis")));
        }

        Volatile.Write(ref isDone, true);
        Assert.True(reader.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, lost);
    }

    [Fact]
    public void Namespaces_keep_their_index()
    {
        var space = new AddressSpace("urn:test:cell");

        Assert.Equal([NodeSets.Core, "urn:test:cell"], space.Namespaces.Uris);
        Assert.Equal(2, space.Namespaces.Add("urn:other"));
        Assert.Equal(1, space.Namespaces.Add("urn:test:cell"));
        Assert.Equal(2, space.Namespaces.IndexOf("urn:other"));
        Assert.Throws<ArgumentException>(() => space.Namespaces.IndexOf("urn:unknown"));
    }

    private static UaVariable Add(AddressSpace space, UaNode parent, string name)
    {
        var variable = new UaVariable(new NodeId(1, name), new QualifiedName(1, name)) { DataType = new NodeId(0, NodeIds.DoubleDataType) };
        space.Add(variable, parent, Spaces.HasComponent, new NodeId(0, NodeIds.BaseDataVariableType));
        return variable;
    }
}
