using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Plc;
using Models = IndustrieFutur.Edge.OpcUa.Server.Space.NodeSets;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>The conveyor's PLC by PackML (OPC 30050) with a stack light of OPC UA IA; the same object is a machine of OPC 40001-1.</summary>
internal sealed class PlcUaModel(ConveyorPlc plc, UaDeviceSettings settings) : IUaModel
{
    public const string ConveyorName = "Conveyor1";

    private const uint PackMlObjects = 72;
    private const uint PackMlBaseObjectType = 6;
    private const uint ProductionMaintenanceMode = 11;
    private const string ExecuteState = "BaseStateMachine/MachineState/ExecuteState/";

    private static readonly string[] Commands =
    [
        "BaseStateMachine/Abort", "BaseStateMachine/Clear", "BaseStateMachine/MachineState/Stop", "BaseStateMachine/MachineState/Reset",
        .. new[] { "Start", "Hold", "Unhold", "Suspend", "Unsuspend", "Reset", "ToComplete" }.Select(static name => ExecuteState + name),
    ];

    private static readonly string[] Optional =
    [
        .. Commands, "BaseStateMachine/CurrentState/Number", "BaseStateMachine/MachineState/CurrentState/Number", ExecuteState + "CurrentState/Number",
        "Admin/ProdProcessedCount", "Admin/ProdDefectiveCount", "Admin/MachDesignSpeed",
        "Status/MachSpeed/EngineeringUnits", "Status/CurMachSpeed/EngineeringUnits",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> NodeSets { get; } = [Models.PackMl, Models.Ia, Models.Machinery];

    /// <inheritdoc/>
    public IUaView Build(AddressSpace space, EventNotifiers events)
    {
        var builder = new ModelBuilder(space);
        var parent = space.Get<UaNode>(builder.Id(Models.PackMl, PackMlObjects));
        var conveyor = builder.Instance(parent, NodeIds.Organizes, builder.Name(ConveyorName), builder.Id(Models.PackMl, PackMlBaseObjectType), Optional);
        builder.ShowAsMachine(conveyor, "Simulated conveyor", $"{plc.Id}-1", "1.0");
        builder.Fix(conveyor, "Status/UnitSupportedModes", Variant.Of(builder.Id(Models.PackMl, ProductionMaintenanceMode)));
        AddCommands(builder, conveyor);
        conveyor.EventNotifier = 1;
        builder.Join(space.Get<UaNode>(new NodeId(0, NodeIds.Server)), NodeIds.HasNotifier, conveyor);
        var process = new ConveyorNodes(builder, conveyor);
        AddSetpoints(builder, conveyor);
        return new PlcUaView(
            plc, new PackMlNodes(builder, conveyor), process, new StackLightNodes(builder, conveyor),
            new AlarmCondition(events, conveyor, builder.Name("FaultAlarm"), PlcUaView.FaultSeverity));
    }

    /// <summary>SetProduct and SetParameter stay without a handler: the conveyor has one product and no recipe, and says that they are not executable.</summary>
    private void AddCommands(ModelBuilder builder, UaObject conveyor)
    {
        foreach (var path in Commands)
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            var command = name == "ToComplete" ? PackMlCommand.Complete : Enum.Parse<PackMlCommand>(name);
            Handle(builder, conveyor, path, _ => plc.TryTell(command) ? MethodAnswer.Good() : MethodAnswer.Bad(StatusCodes.BadInvalidState));
        }

        Handle(builder, conveyor, "SetUnitMode", SetUnitMode);
        Handle(builder, conveyor, "SetMachSpeed", SetMachSpeed);
    }

    /// <summary>Where users are known, it takes one of them to move something.</summary>
    private void Handle(ModelBuilder builder, UaObject conveyor, string path, Func<MethodCall, MethodAnswer> handler) =>
        ((UaMethod)builder.At(conveyor, path)).Handler = call =>
            settings.User is not null && call.Caller.UserName is null ? MethodAnswer.Bad(StatusCodes.BadUserAccessDenied) : handler(call);

    /// <summary>What clients may write, as Modbus clients write registers: the speed, and PackML's control command, which is wiped when it is taken.</summary>
    private void AddSetpoints(ModelBuilder builder, UaObject conveyor)
    {
        Accept(builder.VariableAt(conveyor, "Process/SpeedSetpoint"), value => value is double speed && plc.TrySetSpeed((float)speed) ? StatusCodes.Good : StatusCodes.BadOutOfRange);
        var command = builder.Variable(builder.At(conveyor, "Process"), "Command", NodeIds.UInt16DataType);
        command.Set(new DataValue(Variant.Of((ushort)PackMlCommand.None)));
        Accept(command, value => value is not ushort number || number is < (ushort)PackMlCommand.Reset or > (ushort)PackMlCommand.Complete ? StatusCodes.BadOutOfRange
            : plc.TryTell((PackMlCommand)number) ? StatusCodes.Good
            : StatusCodes.BadInvalidState);
    }

    private void Accept(UaVariable variable, Func<object?, uint> take)
    {
        variable.AccessLevel |= AccessLevels.CurrentWrite;
        variable.WriteHandler = write => settings.User is not null && write.Caller.UserName is null ? StatusCodes.BadUserAccessDenied : take(write.Value.Value.Value);
    }

    private MethodAnswer SetUnitMode(MethodCall call)
    {
        var wanted = (int)call.Arguments[0].Value!;
        if (wanted is < (int)PackMlMode.Produce or > (int)PackMlMode.Manual)
        {
            return OutOfRange();
        }

        if (plc.State.State is not (PackMlState.Stopped or PackMlState.Idle or PackMlState.Aborted))
        {
            return MethodAnswer.Bad(StatusCodes.BadInvalidState);
        }

        plc.RequestMode((PackMlMode)wanted);
        return MethodAnswer.Good();
    }

    private MethodAnswer SetMachSpeed(MethodCall call) => plc.TrySetSpeed((float)call.Arguments[0].Value!) ? MethodAnswer.Good() : OutOfRange();

    private static MethodAnswer OutOfRange() => new(StatusCodes.BadInvalidArgument, []) { ArgumentStatuses = [StatusCodes.BadOutOfRange] };
}
