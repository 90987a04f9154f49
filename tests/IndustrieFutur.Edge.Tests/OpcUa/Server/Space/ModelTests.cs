using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>The models as they stand in the address space hold together, and hold what the companion specifications say.</summary>
public sealed class ModelTests
{
    /// <summary>
    /// Root, and what no file hangs anywhere: modelling rules, standard properties, aggregate functions, functional groups, encodings without
    /// a type; counted in the XML by a script.
    /// </summary>
    private const int AloneInTheFiles = 82;

    private static readonly AddressSpace Space = Spaces.Shared;

    /// <summary>What each class of node must answer (OPC UA Part 3, tables of 5.2 to 5.8); MinimumSamplingInterval is ours to give.</summary>
    private static readonly Dictionary<NodeClass, uint[]> Mandatory = new()
    {
        [NodeClass.Object] = [AttributeIds.EventNotifier],
        [NodeClass.Variable] =
        [
            AttributeIds.Value, AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.AccessLevel, AttributeIds.UserAccessLevel,
            AttributeIds.MinimumSamplingInterval, AttributeIds.Historizing,
        ],
        [NodeClass.Method] = [AttributeIds.Executable, AttributeIds.UserExecutable],
        [NodeClass.ObjectType] = [AttributeIds.IsAbstract],
        [NodeClass.VariableType] = [AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.IsAbstract],
        [NodeClass.ReferenceType] = [AttributeIds.IsAbstract, AttributeIds.Symmetric],
        [NodeClass.DataType] = [AttributeIds.IsAbstract],
    };

    private static readonly uint[] MandatoryOfAll =
    [
        AttributeIds.NodeId, AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName, AttributeIds.WriteMask, AttributeIds.UserWriteMask,
    ];

    [Fact]
    public void The_target_and_the_type_of_every_reference_are_there()
    {
        var lost = Space.Nodes.SelectMany(node => node.References)
            .Where(reference => Space.Find(reference.Target.Id) != reference.Target || Space.Find(reference.Type) is not UaReferenceType);

        Assert.Empty(lost);
        Assert.True(Space.Count > 7000, $"Only {Space.Count} nodes.");
    }

    [Fact]
    public void Every_reference_but_two_kinds_has_its_inverse()
    {
        var oneWay = Space.Nodes.SelectMany(node => node.References.Select(reference => (node, reference)))
            .Where(one => !one.reference.Target.References.Contains(one.reference with { IsForward = !one.reference.IsForward, Target = one.node }))
            .Select(one => (one.reference.Type.Numeric, one.reference.IsForward))
            .Distinct();

        Assert.Equal([(NodeIds.HasModellingRule, true), (NodeIds.HasTypeDefinition, true)], oneWay.Order());
    }

    [Fact]
    public void No_reference_is_there_twice()
    {
        Assert.DoesNotContain(Space.Nodes, node => node.References.Distinct().Count() != node.References.Length);
    }

    [Fact]
    public void Every_node_can_be_reached_from_the_root_but_those_that_the_files_leave_alone()
    {
        var alone = Space.Nodes.Where(node => node.References.All(reference => reference.IsForward)).ToList();
        var found = new HashSet<UaNode>();
        var open = new Stack<UaNode>(alone);
        while (open.TryPop(out var node))
        {
            if (found.Add(node))
            {
                Space.Step(node, NodeId.Null, false, true, default).ForEach(open.Push);
            }
        }

        Assert.Empty(Space.Nodes.Except(found));
        Assert.Equal(AloneInTheFiles, alone.Count);
    }

    [Fact]
    public void Every_mandatory_attribute_of_every_node_is_good()
    {
        var bad = Space.Nodes.SelectMany(node => MandatoryOfAll.Concat(Mandatory[node.NodeClass])
            .Where(attribute => Space.AttributeOf(node.Id, attribute) is not { Status: StatusCodes.Good, Fields: DataValueFields.Value })
            .Select(attribute => $"{node}: {attribute}"));

        Assert.Empty(bad);
    }

    [Fact]
    public void An_attribute_of_another_class_and_a_node_that_is_not_there_are_refused()
    {
        var folder = new NodeId(0, NodeIds.ObjectsFolder);

        Assert.Equal(StatusCodes.BadAttributeIdInvalid, Space.AttributeOf(folder, AttributeIds.Value).Status);
        Assert.Equal(StatusCodes.BadAttributeIdInvalid, Space.AttributeOf(folder, AttributeIds.RolePermissions).Status);
        Assert.Equal(StatusCodes.BadAttributeIdInvalid, Space.AttributeOf(folder, 0).Status);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, Space.AttributeOf(new NodeId(0, 999_999), AttributeIds.NodeId).Status);
    }

    [Fact]
    public void The_data_type_of_every_variable_is_there_and_its_value_is_of_it()
    {
        var wrong = Space.Nodes.OfType<UaVariable>().Where(variable =>
            Space.Find(variable.DataType) is not UaDataType type || !IsOf(variable.Value.Value, variable, type));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_data_type_named_in_an_argument_or_in_a_structure_is_there()
    {
        var arguments = Space.Nodes.OfType<UaVariable>().Where(variable => variable.DataType == new NodeId(0, NodeIds.ArgumentDataType))
            .SelectMany(variable => (ExtensionObject[])(variable.Value.Value.Value ?? Array.Empty<ExtensionObject>()))
            .Select(structure => structure.TryDecode<Argument>(out var argument) ? argument.DataType : NodeId.Null).ToList();
        var fields = Definitions<StructureDefinition>().SelectMany(definition => definition.Fields ?? []).Select(field => field.DataType).ToList();

        Assert.True(arguments.Count > 1000 && fields.Count > 500, $"{arguments.Count} arguments and {fields.Count} fields.");
        Assert.DoesNotContain(arguments.Concat(fields), id => Space.Find(id) is not UaDataType);
    }

    [Fact]
    public void Every_structure_names_its_encoding_and_its_base_and_begins_with_the_fields_of_that()
    {
        foreach (var type in Space.Nodes.OfType<UaDataType>().Where(type => type.Definition is not null))
        {
            if (type.Definition!().TryDecode<StructureDefinition>(out var definition))
            {
                var above = Assert.IsType<UaDataType>(type.Supertype);
                Assert.Equal(above.Id, definition.BaseDataType);
                Assert.True(type.IsAbstract || Space.Find(definition.DefaultEncodingId)?.BrowseName.Name == "Default Binary", type.ToString());
                Assert.Equal(FieldNames(above), FieldNames(type).Take(FieldNames(above).Count));
            }
            else
            {
                Assert.True(type.Definition().TryDecode<EnumDefinition>(out var enumeration), type.ToString());
                Assert.True(type.IsAbstract || enumeration.Fields!.Length > 0, type.ToString());
            }
        }
    }

    [Theory]
    [InlineData("OperationalModeEnumeration", "OTHER MANUAL_REDUCED_SPEED MANUAL_HIGH_SPEED AUTOMATIC AUTOMATIC_EXTERNAL")]
    [InlineData("AxisMotionProfileEnumeration", "OTHER ROTARY ROTARY_ENDLESS LINEAR LINEAR_ENDLESS")]
    [InlineData("ExecutionModeEnumeration", "CYCLE CONTINUOUS STEP")]
    public void An_enumeration_has_the_values_of_the_specification(string name, string values)
    {
        var type = Assert.Single(Space.Nodes.OfType<UaDataType>(), type => type.BrowseName == Space.Name(NodeSets.Robotics, name));

        Assert.True(type.Definition!().TryDecode<EnumDefinition>(out var definition));
        Assert.Equal(values.Split(' '), definition.Fields!.Select(field => field.Name));
        Assert.Equal(Enumerable.Range(0, definition.Fields!.Length).Select(value => (long)value), definition.Fields.Select(field => field.Value));
    }

    [Fact]
    public void A_unit_of_a_model_is_read_as_it_stands_there()
    {
        var units = Space.Nodes.OfType<UaVariable>().Where(variable => variable.BrowseName.Name == "EngineeringUnits")
            .Select(variable => variable.Value.Value.Value).OfType<ExtensionObject>()
            .Select(structure => structure.TryDecode<EUInformation>(out var unit) ? (unit.UnitId, unit.DisplayName.Text, unit.NamespaceUri) : default);

        Assert.Contains((4337968, "bit/s", "http://www.opcfoundation.org/UA/units/un/cefact"), units);
    }

    private static IEnumerable<T> Definitions<T>()
        where T : IUaStructure<T>
    {
        foreach (var type in Space.Nodes.OfType<UaDataType>())
        {
            if (type.Definition?.Invoke().TryDecode<T>(out var definition) == true)
            {
                yield return definition;
            }
        }
    }

    private static List<string?> FieldNames(UaDataType type) =>
        type.Definition?.Invoke().TryDecode<StructureDefinition>(out var definition) == true ? [.. definition.Fields!.Select(field => field.Name)] : [];

    private static bool IsOf(Variant value, UaVariable variable, UaDataType type)
    {
        if (value.IsNull)
        {
            return true;
        }

        var isRightShape = value.IsArray ? variable.ValueRank != -1 : variable.ValueRank < 0;
        return isRightShape && value.Type switch
        {
            BuiltInType.ExtensionObject => type.Is(new NodeId(0, NodeIds.StructureDataType)),
            BuiltInType.Int32 => type.Is(new NodeId(0, NodeIds.Int32DataType)) || type.Is(new NodeId(0, NodeIds.EnumerationDataType)),
            _ => type.Is(new NodeId(0, (uint)value.Type)),
        };
    }
}
