using IndustrieFutur.Edge.Drivers.OpcUa.Orders;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa.Orders;

/// <summary>What is never commanded is known by its names and ids, and what only sounds a little like it is let through.</summary>
public sealed class OpcUaForbiddenTests
{
    private const string Robotics = "nsu=http://opcfoundation.org/UA/Robotics/";
    private const string Di = "nsu=http://opcfoundation.org/UA/DI/";

    [Theory]
    [InlineData("PowerOn")]
    [InlineData("power_on")]
    [InlineData("Cell.Robot.POWER-ON")]
    [InlineData("TurnOnPower")]
    [InlineData("BrakeRelease")]
    [InlineData("release all brakes")]
    [InlineData("OpenBrakes")]
    [InlineData("UnlockProtectiveStop")]
    [InlineData("Protective_Stop_Reset")]
    [InlineData("restart safety")]
    [InlineData("SafetyReset")]
    [InlineData("Axis1.JogPlus")]
    [InlineData("MotorsOn")]
    [InlineData("EnableDrives")]
    [InlineData("Robot.ServoOn")]
    [InlineData("PowerUp")]
    [InlineData("EnergizeMotors")]
    [InlineData("AcknowledgeProtectiveStop")]
    [InlineData("ClearSafetyFault")]
    [InlineData("EmergencyStopReset")]
    [InlineData("FreeDrive")]
    [InlineData("GetReady")]
    [InlineData("reset-to-program-start")]
    public void Names_that_say_what_is_never_offered_are_known(string name) => Assert.NotNull(OpcUaForbidden.OfName(name));

    [Theory]
    [InlineData("SpeedSetpoint")]
    [InlineData("Station.PowerSetpoint")]
    [InlineData("MachineState/Reset")]
    [InlineData("PowerConsumption")]
    [InlineData("SafetyCell.Conveyor.Reset")]
    [InlineData("StandDown")]
    [InlineData("DeEnergizeMotors")]
    [InlineData("Conveyor.MotorOn")]
    [InlineData("RemoveLabel")]
    [InlineData("Stop")]
    [InlineData(null)]
    public void Other_names_are_let_through(string? name) => Assert.Null(OpcUaForbidden.OfName(name));

    [Fact]
    public void The_ids_of_the_Robotics_specification_are_those_of_its_model()
    {
        var space = new AddressSpace("urn:test");
        NodeSets.Load(space, NodeSets.Robotics);
        var index = space.Namespaces.IndexOf(NodeSets.Robotics);
        var methods = Enumerable.Range(7001, 14).Select(number => space.Get<UaNode>(new NodeId(index, (uint)number))).ToArray();

        var refused = methods.Where(method => OpcUaForbidden.OfWritten($"{Robotics};i={method.Id.Numeric}", isWritten: false) is not null);
        var starts = methods.Where(method => OpcUaForbidden.IsStart($"{Robotics};i={method.Id.Numeric}"));

        Assert.Equal(["GetReady", "ResetToProgramStart"], refused.Select(method => method.BrowseName.Name).Order());
        Assert.Equal(methods.Where(method => method.BrowseName.Name == "Start"), starts);
    }

    [Theory]
    [InlineData($"/{Di}:DeviceSet/nsu=urn:v:Cell/{Robotics}:SafetyStates/nsu=urn:v:Safety/{Di}:ParameterSet/nsu=urn:v:Mode")]
    [InlineData($"/{Di}:DeviceSet/nsu=urn:v:Cell/{Robotics}:MotionDevices/nsu=urn:v:Arm/{Di}:ParameterSet/{Robotics}:SpeedOverride")]
    [InlineData($"{Robotics};i=15912")]
    public void What_a_robot_shows_of_its_safety_and_parameters_is_not_written(string place) =>
        Assert.NotNull(OpcUaForbidden.OfWritten(place, isWritten: true));

    [Fact]
    public void Parameter_sets_of_machines_that_are_no_robots_may_be_written() =>
        Assert.Null(OpcUaForbidden.OfWritten($"/{Di}:DeviceSet/nsu=urn:v:Pump/{Di}:ParameterSet/nsu=urn:v:Speed", isWritten: true));
}
