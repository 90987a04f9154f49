using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>An instance has what its type says that it must have (OPC UA Part 3, 6.4).</summary>
public sealed class InstantiateTests
{
    [Fact]
    public void An_axis_has_its_mandatory_members_and_no_optional_ones()
    {
        var space = Spaces.New();

        var axis = Make(space, space.Id(NodeSets.Robotics, 16601), "Axis_1");

        var position = Assert.IsType<UaVariable>(space.FindPath(
            axis, space.Name(NodeSets.Di, "ParameterSet"), space.Name(NodeSets.Robotics, "ActualPosition")));
        Assert.Equal(new NodeId(1, "Axis_1/ParameterSet/ActualPosition"), position.Id);
        Assert.Equal(new NodeId(0, NodeIds.DoubleDataType), position.DataType);
        Assert.Equal(NodeIds.AnalogUnitType, position.TypeDefinition?.Id.Numeric);
        Assert.NotNull(axis.Below("ParameterSet/ActualPosition/EngineeringUnits"));
        Assert.NotNull(axis.Below("MotionProfile"));
        Assert.Null(axis.Below("ParameterSet/ActualSpeed"));
        Assert.Null(axis.Below("AdditionalLoad"));
        Assert.Null(axis.Below("Manufacturer"));
        Assert.Null(position.ModellingRule);
    }

    [Fact]
    public void Optional_members_come_when_they_are_named_with_what_lies_on_the_way()
    {
        var space = Spaces.New();

        var axis = Make(space, space.Id(NodeSets.Robotics, 16601), "Axis_1", "ParameterSet/ActualSpeed", "AdditionalLoad/CenterOfMass");

        Assert.NotNull(axis.Below("ParameterSet/ActualSpeed/EngineeringUnits"));
        Assert.NotNull(axis.Below("AdditionalLoad/Mass/EngineeringUnits"));
        Assert.NotNull(axis.Below("AdditionalLoad/CenterOfMass"));
        Assert.Null(axis.Below("AdditionalLoad/Inertia"));
    }

    [Fact]
    public void A_motion_device_system_has_its_folders_without_their_placeholders()
    {
        var space = Spaces.New();

        var system = Make(space, space.Id(NodeSets.Robotics, 1002), "Robot");

        Assert.Equal(["Controllers", "MotionDevices", "SafetyStates"], Children(space, system));
        Assert.Empty(Children(space, system.Below("MotionDevices")!));
    }

    [Fact]
    public void A_two_state_variable_has_the_members_of_its_supertypes()
    {
        var space = Spaces.New();

        var state = Make(space, new NodeId(0, 8995), "EnabledState", "TrueState");

        Assert.Equal(["Id", "TrueState"], Children(space, state));
        Assert.Equal(new NodeId(0, NodeIds.LocalizedTextDataType), Assert.IsType<UaVariable>(state).DataType);
        Assert.Equal(new NodeId(0, NodeIds.BooleanDataType), Assert.IsType<UaVariable>(state.Below("Id")).DataType);
    }

    [Fact]
    public void A_state_machine_has_its_current_state_its_methods_and_their_arguments()
    {
        var space = Spaces.New();

        var machine = Make(space, space.Id(NodeSets.PackMl, 3), "PackML", "Abort");

        Assert.NotNull(machine.Below("CurrentState/Id"));
        Assert.Equal(NodeIds.NodeIdDataType, Assert.IsType<UaVariable>(machine.Below("CurrentState/Id")).DataType.Numeric);
        Assert.Null(machine.Below("Aborted"));
        Assert.Contains("Abort", Children(space, machine));
        Assert.DoesNotContain("Clear", Children(space, machine));
    }

    [Fact]
    public void An_alarm_keeps_the_references_between_its_states()
    {
        var space = Spaces.New();

        var alarm = Make(space, new NodeId(0, 10637), "Overheated");

        var enabled = alarm.Below("EnabledState")!;
        var acknowledged = alarm.Below("AckedState")!;
        Assert.Contains(new UaReference(new NodeId(0, 9004), true, acknowledged), enabled.References);
        Assert.Contains("InputArguments", Children(space, alarm.Below("Acknowledge")!));
        Assert.NotNull(alarm.Below("EventId"));
    }

    [Fact]
    public void Each_instance_has_methods_and_handlers_of_its_own()
    {
        var space = Spaces.New();
        var first = Make(space, new NodeId(0, 10637), "First");
        var second = Make(space, new NodeId(0, 10637), "Second");

        Assert.IsType<UaMethod>(first.Below("Acknowledge")).Handler = _ => MethodAnswer.Good();

        Assert.Null(Assert.IsType<UaMethod>(second.Below("Acknowledge")).Handler);
    }

    [Fact]
    public void A_member_of_an_interface_is_there_too()
    {
        var space = Spaces.New();

        // Both stand in IVendorNameplateType of DI, which ComponentType takes on; SoftwareType makes some of them mandatory.
        var software = Make(space, space.Id(NodeSets.Di, 15106), "Software", "ProductCode");

        Assert.Superset(new HashSet<string> { "Manufacturer", "Model", "SoftwareRevision", "ProductCode" }, Children(space, software).ToHashSet());
    }

    [Fact]
    public void Values_of_the_type_are_values_of_the_instance_until_they_are_set()
    {
        var space = Spaces.New();
        var first = Assert.IsType<UaVariable>(Make(space, new NodeId(0, 10637), "First").Below("Acknowledge/InputArguments"));
        var second = Assert.IsType<UaVariable>(Make(space, new NodeId(0, 10637), "Second").Below("Acknowledge/InputArguments"));

        first.Set(Variant.Null, 0);

        Assert.True(second.Value.Value is { IsArray: true, Value: ExtensionObject[] { Length: 2 } });
    }

    [Fact]
    public void Every_type_that_is_not_abstract_can_have_an_instance_with_all_that_is_mandatory()
    {
        var space = Spaces.New();
        var types = space.Nodes.OfType<UaType>().Where(type => type is UaObjectType or UaVariableType && !type.IsAbstract).ToList();
        var missing = new List<string>();
        foreach (var type in types)
        {
            var instance = Make(space, type.Id, "of " + type.Id);
            missing.AddRange(MandatoryPaths(space, type, "", 0).Where(path => instance.Below(path) is null).Select(path => $"{type}: {path}"));
            Assert.Same(type, instance.TypeDefinition);
        }

        Assert.Empty(missing);
        Assert.True(types.Count > 200, $"Only {types.Count} types.");
    }

    [Fact]
    public void All_that_was_made_has_its_type_its_parent_and_its_place_in_the_space()
    {
        var space = Spaces.New();
        Make(space, space.Id(NodeSets.Robotics, 1004), "Arm", "ParameterSet/OnPath", "FlangeLoad");

        var made = space.Nodes.Where(node => node.Id.NamespaceIndex == 1).ToList();

        Assert.True(made.Count > 10, $"Only {made.Count} nodes.");
        Assert.All(made, node =>
        {
            Assert.True(node is UaMethod || node.TypeDefinition is not null, node.ToString());
            Assert.Single(space.Step(node, Spaces.Hierarchical, true, true, default));
            Assert.All(node.References, reference => Assert.Same(reference.Target, space.Find(reference.Target.Id)));
        });
    }

    [Fact]
    public void A_mistake_is_said_and_leaves_nothing_behind()
    {
        var space = Spaces.New();
        Make(space, space.Id(NodeSets.Robotics, 16601), "Axis_1");
        var count = space.Count;

        Assert.Contains("Axis_1 already", Assert.Throws<ArgumentException>(() => Make(space, space.Id(NodeSets.Robotics, 16601), "Axis_1")).Message, StringComparison.Ordinal);
        Assert.Contains("no member Speed", Assert.Throws<ArgumentException>(() => Make(space, space.Id(NodeSets.Robotics, 16601), "B", "Speed")).Message, StringComparison.Ordinal);
        Assert.Contains("abstract", Assert.Throws<ArgumentException>(() => Make(space, new NodeId(0, NodeIds.BaseVariableType), "C")).Message, StringComparison.Ordinal);
        Assert.Equal(count, space.Count);
    }

    [Fact]
    public void Two_members_of_one_name_in_two_namespaces_are_two_nodes()
    {
        var space = Spaces.New();
        var type = DeclareType(space);
        Declare(space, type, new QualifiedName(0, "Name"), NodeIds.FolderType);
        Declare(space, type, new QualifiedName(1, "Name"), NodeIds.FolderType);

        var instance = Make(space, type.Id, "One");

        Assert.Equal(new NodeId(1, "One/Name"), space.FindPath(instance, new QualifiedName(0, "Name"))?.Id);
        Assert.Equal(new NodeId(1, "One/1:Name"), space.FindPath(instance, new QualifiedName(1, "Name"))?.Id);
    }

    [Fact]
    public void What_a_subtype_declares_anew_is_made_once_and_as_the_subtype_says()
    {
        var space = Spaces.New();
        var above = DeclareType(space);
        var below = DeclareType(space, above);
        var name = new QualifiedName(1, "Part");
        Declare(space, Declare(space, above, name, NodeIds.FolderType), new QualifiedName(1, "FromAbove"), NodeIds.FolderType);
        Declare(space, Declare(space, below, name, NodeIds.BaseObjectType), new QualifiedName(1, "FromBelow"), NodeIds.FolderType);

        var part = Assert.Single(space.Step(Make(space, below.Id, "One"), Spaces.Hierarchical, false, true, name));

        Assert.Equal(NodeIds.BaseObjectType, part.TypeDefinition?.Id.Numeric);
        Assert.Equal(["FromAbove", "FromBelow"], Children(space, part));
    }

    [Fact]
    public void A_type_that_holds_itself_is_refused_and_leaves_nothing_behind()
    {
        var space = Spaces.New();
        var type = DeclareType(space);
        space.AddReference(Declare(space, type, new QualifiedName(1, "Inner"), null), new NodeId(0, NodeIds.HasTypeDefinition), type);
        var count = space.Count;

        var mistake = Assert.Throws<ArgumentException>(() => Make(space, type.Id, "One"));

        Assert.Contains("hold itself", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(count, space.Count);
        Assert.Null(space.Objects().Below("One"));
    }

    private static UaObjectType DeclareType(AddressSpace space, UaType? above = null)
    {
        var name = $"Type{space.Count}";
        var type = new UaObjectType(new NodeId(1, name), new QualifiedName(1, name));
        space.Add(type);
        space.AddReference(above ?? space.Get<UaType>(new NodeId(0, NodeIds.BaseObjectType)), new NodeId(0, NodeIds.HasSubtype), type);
        return type;
    }

    /// <summary>A mandatory object below a type or a declaration.</summary>
    private static UaObject Declare(AddressSpace space, UaNode parent, QualifiedName name, uint? type)
    {
        var declaration = new UaObject(new NodeId(1, $"{parent.Id.Text}.{name}"), name);
        space.Add(declaration);
        space.AddReference(parent, Spaces.HasComponent, declaration);
        space.AddReference(declaration, new NodeId(0, NodeIds.HasModellingRule), space.Get<UaNode>(new NodeId(0, NodeIds.ModellingRuleMandatory)));
        if (type is not null)
        {
            space.AddReference(declaration, new NodeId(0, NodeIds.HasTypeDefinition), space.Get<UaType>(new NodeId(0, type.Value)));
        }

        return declaration;
    }

    private static UaNode Make(AddressSpace space, NodeId type, string name, params string[] optional) => space.Instantiate(
        type, space.Objects(), Spaces.HasComponent, new QualifiedName(1, name), new InstanceOptions { Optional = optional });

    private static List<string> Children(AddressSpace space, UaNode node) =>
        [.. space.Step(node, Spaces.Hierarchical, false, true, default).Select(child => child.BrowseName.Name!).Order(StringComparer.Ordinal)];

    /// <summary>The paths of what is mandatory, read from the model in the plainest way: type by type, child by child.</summary>
    private static IEnumerable<string> MandatoryPaths(AddressSpace space, UaNode declaration, string path, int depth)
    {
        Assert.True(depth < 20, path);
        var children = space.Step(declaration, new NodeId(0, NodeIds.Aggregates), false, true, default)
            .Where(child => child.ModellingRule?.Id.Numeric == NodeIds.ModellingRuleMandatory);
        foreach (var child in children)
        {
            yield return path + child.BrowseName.Name;
            foreach (var deeper in MandatoryPaths(space, child, $"{path}{child.BrowseName.Name}/", depth + 1))
            {
                yield return deeper;
            }
        }

        var above = declaration is UaType type ? type.Supertype : declaration.TypeDefinition;
        foreach (var inherited in above is null ? [] : MandatoryPaths(space, above, path, depth + 1))
        {
            yield return inherited;
        }
    }
}
