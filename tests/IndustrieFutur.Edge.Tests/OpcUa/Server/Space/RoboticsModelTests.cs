using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Space;

/// <summary>The ids that OPC 40010-1, DI, Machinery, PackML and Part 9 give their types and members are where those say.</summary>
public sealed class RoboticsModelTests
{
    private static readonly AddressSpace Space = Spaces.Shared;

    [Theory]
    [InlineData(NodeSets.Robotics, 1002, "MotionDeviceSystemType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 1003, "ControllerType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 1004, "MotionDeviceType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 1011, "TaskControlType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 1013, "SafetyStateType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 1018, "LoadType", NodeSets.Core, 58)]
    [InlineData(NodeSets.Robotics, 1019, "MotorType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 16601, "AxisType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 16794, "PowerTrainType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 17230, "EmergencyStopFunctionType", NodeSets.Core, 58)]
    [InlineData(NodeSets.Robotics, 17793, "DriveType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Robotics, 1006, "OperationStateMachineType", NodeSets.Core, 2771)]
    [InlineData(NodeSets.Di, 1002, "DeviceType", NodeSets.Di, 15063)]
    [InlineData(NodeSets.Machinery, 1012, "MachineIdentificationType", NodeSets.Machinery, 1004)]
    [InlineData(NodeSets.PackMl, 3, "PackMLBaseStateMachineType", NodeSets.Core, 2771)]
    [InlineData(NodeSets.Core, 2915, "AlarmConditionType", NodeSets.Core, 2881)]
    [InlineData(NodeSets.Core, 10637, "OffNormalAlarmType", NodeSets.Core, 10523)]
    public void A_type_has_its_id_its_name_and_its_supertype(string model, uint id, string name, string baseModel, uint baseId)
    {
        var type = Space.Get<UaObjectType>(Space.Id(model, id));

        Assert.Equal(Space.Name(model, name), type.BrowseName);
        Assert.Equal(Space.Id(baseModel, baseId), type.Supertype?.Id);
    }

    [Theory]
    [InlineData(16662, "ActualPosition", NodeIds.DoubleDataType, "AxisType/ParameterSet", true)]
    [InlineData(16668, "ActualSpeed", NodeIds.DoubleDataType, "AxisType/ParameterSet", false)]
    [InlineData(16674, "ActualAcceleration", NodeIds.DoubleDataType, "AxisType/ParameterSet", false)]
    [InlineData(16365, "SpeedOverride", NodeIds.DoubleDataType, "MotionDeviceType/ParameterSet", true)]
    [InlineData(16363, "OnPath", NodeIds.BooleanDataType, "MotionDeviceType/ParameterSet", false)]
    [InlineData(16364, "InControl", NodeIds.BooleanDataType, "MotionDeviceType/ParameterSet", false)]
    [InlineData(15882, "EmergencyStop", NodeIds.BooleanDataType, "SafetyStateType/ParameterSet", true)]
    [InlineData(15913, "ProtectiveStop", NodeIds.BooleanDataType, "SafetyStateType/ParameterSet", true)]
    [InlineData(6757, "MotorTemperature", NodeIds.DoubleDataType, "MotorType/ParameterSet", true)]
    [InlineData(17383, "Temperature", NodeIds.DoubleDataType, "ControllerType/ParameterSet", false)]
    [InlineData(17874, "TaskProgramName", NodeIds.StringDataType, "TaskControlType/ParameterSet", true)]
    [InlineData(17875, "TaskProgramLoaded", NodeIds.BooleanDataType, "TaskControlType/ParameterSet", true)]
    public void A_member_has_its_id_its_data_type_and_its_place(uint id, string name, uint dataType, string place, bool isMandatory)
    {
        var member = Space.Get<UaVariable>(Space.Id(NodeSets.Robotics, id));
        var parts = place.Split('/');
        var type = Assert.Single(Space.Nodes.OfType<UaObjectType>(), type => type.BrowseName == Space.Name(NodeSets.Robotics, parts[0]));

        Assert.Equal(Space.Name(NodeSets.Robotics, name), member.BrowseName);
        Assert.Equal(new NodeId(0, dataType), member.DataType);
        Assert.Equal(isMandatory ? NodeIds.ModellingRuleMandatory : NodeIds.ModellingRuleOptional, member.ModellingRule?.Id.Numeric);
        Assert.Same(member, Space.FindPath(type, Space.Name(NodeSets.Di, parts[1]), Space.Name(NodeSets.Robotics, name)));
    }

    [Theory]
    [InlineData(16662, 16667)]
    [InlineData(16668, 16673)]
    [InlineData(16674, 16679)]
    public void A_measured_value_is_an_analog_unit_with_a_mandatory_unit(uint id, uint unitId)
    {
        var member = Space.Get<UaVariable>(Space.Id(NodeSets.Robotics, id));
        var unit = Space.FindPath(member, new QualifiedName(0, "EngineeringUnits"));

        Assert.Equal(NodeIds.AnalogUnitType, member.TypeDefinition?.Id.Numeric);
        Assert.Equal(Space.Id(NodeSets.Robotics, unitId), unit?.Id);
        Assert.Equal(new NodeId(0, NodeIds.EUInformationDataType), Assert.IsType<UaVariable>(unit).DataType);
        Assert.Equal(NodeIds.ModellingRuleMandatory, unit.ModellingRule?.Id.Numeric);
    }

    [Theory]
    [InlineData(4002, "Controls", "IsControlledBy")]
    [InlineData(18178, "Moves", "IsMovedBy")]
    [InlineData(18182, "HasSafetyStates", "SafetyStatesOf")]
    public void A_reference_type_has_its_id_and_a_name_for_either_end(uint id, string name, string inverse)
    {
        var type = Space.Get<UaReferenceType>(Space.Id(NodeSets.Robotics, id));

        Assert.Equal(name, type.BrowseName.Name);
        Assert.Equal(inverse, type.InverseName.Text);
        Assert.True(Space.IsSubtype(type.Id, Spaces.Hierarchical));
    }

    [Fact]
    public void The_places_where_devices_and_machines_hang_are_below_objects()
    {
        Assert.Equal(Space.Id(NodeSets.Di, 5001), Space.FindPath(Space.Objects(), Space.Name(NodeSets.Di, "DeviceSet"))?.Id);
        Assert.Equal(Space.Id(NodeSets.Machinery, 1001), Space.FindPath(Space.Objects(), Space.Name(NodeSets.Machinery, "Machines"))?.Id);
    }

    [Fact]
    public void A_state_of_packml_has_the_number_of_the_specification()
    {
        var states = Space.Nodes.OfType<UaVariable>()
            .Where(variable => variable.BrowseName.Name == "StateNumber" && variable.Id.NamespaceIndex == Space.Namespaces.IndexOf(NodeSets.PackMl))
            .ToLookup(variable => Space.Step(variable, Spaces.Hierarchical, true, true, default).Single().BrowseName.Name, variable => variable.Value.Value.Value);

        Assert.Equal([6u], states["Execute"]);
        Assert.Equal([9u], states["Aborted"]);
        Assert.Equal([16u], states["Completing"]);
    }
}
