using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Cobot;
using Models = IndustrieFutur.Edge.OpcUa.Server.Space.NodeSets;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>
/// The cobot by OPC UA Robotics (OPC 40010-1): a motion device system below DI's DeviceSet, with an arm of six axes and power trains, a
/// controller and a safety state; the same object is a machine of OPC 40001-1.
/// </summary>
internal sealed class CobotUaModel(CobotArm arm) : IUaModel
{
    public const string SystemName = "Cell1";
    public const string ArmName = "Arm1";

    private const string Product = "Simulated six-axis cobot";
    private const uint DeviceSet = 5001;
    private const uint Controls = 4002;
    private const uint HasSafetyStates = 18182;

    /// <summary>MotionDeviceCategoryEnumeration.</summary>
    private const int ArticulatedRobot = 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> NodeSets { get; } = [Models.Robotics, Models.Machinery];

    /// <inheritdoc/>
    public IUaView Build(AddressSpace space, EventNotifiers events)
    {
        var builder = new ModelBuilder(space);
        var deviceSet = space.Get<UaNode>(builder.Id(Models.Di, DeviceSet));
        var system = builder.Instance(deviceSet, Models.Robotics, 1002, SystemName, "ComponentName");
        builder.FixText(system, "ComponentName", "Simulated robot cell");
        builder.ShowAsMachine(system, Product, arm.Settings.SerialNumber, CobotIdentity.Version);

        var device = BuildArm(builder, system);
        var safety = new SafetyNodes(builder, system, events);
        var controller = new ControllerNodes(builder, system, arm.Settings.SerialNumber);
        builder.Join(controller.Node, Models.Robotics, Controls, device);
        builder.Join(controller.Node, Models.Robotics, HasSafetyStates, safety.Node);
        builder.Fix(device, "TaskControlReference", Variant.Of(controller.TaskControl.Id));
        return new CobotUaView(arm, new ArmNodes(builder, device), Axes(builder, device), controller, safety);
    }

    private UaObject BuildArm(ModelBuilder builder, UaObject system)
    {
        var device = builder.Instance(
            builder.At(system, "MotionDevices"), Models.Robotics, 1004, ArmName,
            "ParameterSet/OnPath", "ParameterSet/InControl", "FlangeLoad", "ComponentName", "TaskControlReference");
        builder.Nameplate(device, Product, CobotIdentity.Model, arm.Settings.SerialNumber);
        builder.FixText(device, "ComponentName", "Arm");
        builder.Fix(device, "MotionDeviceCategory", Variant.Of(ArticulatedRobot));
        builder.Scale(builder.At(device, "FlangeLoad/Mass"), EngineeringUnit.Kilogram);
        return device;
    }

    private AxisNodes[] Axes(ModelBuilder builder, UaObject device) =>
        [.. Enumerable.Range(1, ArmModel.Joints).Select(number => new AxisNodes(builder, device, number, arm.Settings.SerialNumber))];
}
