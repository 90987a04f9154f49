using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators.OpcUa;

/// <summary>The PLC looks over OPC UA as PackML has it; its methods obey the state machine that Modbus obeys.</summary>
public sealed class PlcUaModelTests : IDisposable
{
    private const string Conveyor = "PackMLObjects/Conveyor1";
    private const string Base = Conveyor + "/BaseStateMachine";
    private const string Machine = Base + "/MachineState";
    private const string Execute = Machine + "/ExecuteState";
    private const string Process = Conveyor + "/Process/";

    private static readonly Variant NoParameters = Variant.OfArray(BuiltInType.ExtensionObject, Array.Empty<ExtensionObject>());

    private readonly ConveyorPlc _plc = new(1) { StartsByItself = false };
    private readonly UaBench _bench;

    public PlcUaModelTests() => _bench = UaBench.WithPlc(_plc);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Three_machines_within_each_other_show_the_state()
    {
        _bench.StepSeconds(1.5);
        Assert.Equal(("Cleared", "Running", "Idle"), States());
        Assert.Equal(4u, _bench.Value(Execute + "/CurrentState/Number"));
        Assert.Equal("Idle", _bench.Server.Space.Find((NodeId)_bench.Value(Execute + "/CurrentState/Id")!)?.BrowseName.Name);

        _plc.PressEmergencyStop();
        _bench.StepSeconds(2);
        Assert.Equal("Aborted", States().Base);
        Assert.Equal(StatusCodes.BadStateNotActive, _bench.Data(Machine + "/CurrentState").Status);
        Assert.Equal(StatusCodes.BadStateNotActive, _bench.Data(Execute + "/CurrentState/Id").Status);
    }

    [Fact]
    public void Commands_lead_where_the_state_machine_allows_and_are_refused_elsewhere()
    {
        _bench.StepSeconds(1.5);
        Assert.Equal(StatusCodes.BadInvalidState, _bench.Call(Execute + "/Hold").Status);
        Assert.Equal(StatusCodes.Good, _bench.Call(Execute + "/Start", NoParameters).Status);
        _bench.StepSeconds(2);
        Assert.Equal(PackMlState.Execute, _plc.State.State);

        Assert.Equal(StatusCodes.BadInvalidState, _bench.Call(Execute + "/Start", NoParameters).Status);
        Assert.Equal(StatusCodes.Good, _bench.Call(Execute + "/Suspend").Status);
        _bench.StepSeconds(2);
        Assert.Equal(("Cleared", "Running", "Suspended"), States());

        Assert.Equal(StatusCodes.Good, _bench.Call(Machine + "/Stop").Status);
        _bench.StepSeconds(2);
        Assert.Equal(("Cleared", "Stopped"), (States().Base, States().Machine));
        Assert.Equal(StatusCodes.Good, _bench.Call(Base + "/Abort").Status);
        _bench.StepSeconds(2);
        Assert.Equal(StatusCodes.Good, _bench.Call(Base + "/Clear").Status);
        _bench.StepSeconds(2);
        Assert.Equal(StatusCodes.Good, _bench.Call(Machine + "/Reset").Status);
        _bench.StepSeconds(2);
        Assert.Equal(PackMlState.Idle, _plc.State.State);
    }

    [Fact]
    public void The_speed_can_be_set_within_its_range()
    {
        Assert.Equal(StatusCodes.Good, _bench.Call(Conveyor + "/SetMachSpeed", Variant.Of(120f)).Status);
        _bench.StepSeconds(0.1);
        Assert.Equal(120f, _bench.Value(Conveyor + "/Status/MachSpeed"));

        Assert.Equal(StatusCodes.BadOutOfRange, Assert.Single(_bench.Call(Conveyor + "/SetMachSpeed", Variant.Of(501f)).Arguments!));
        Assert.Equal(StatusCodes.BadOutOfRange, Assert.Single(_bench.Call(Conveyor + "/SetMachSpeed", Variant.Of(float.NaN)).Arguments!));
    }

    [Fact]
    public void The_unit_mode_changes_only_where_nothing_is_under_way()
    {
        Assert.Equal(StatusCodes.BadInvalidState, _bench.Call(Conveyor + "/SetUnitMode", Variant.Of(3)).Status);
        _bench.StepSeconds(1.5);
        Assert.Equal(StatusCodes.Good, _bench.Call(Conveyor + "/SetUnitMode", Variant.Of(3)).Status);
        _bench.StepSeconds(0.1);

        Assert.Equal((int)PackMlMode.Manual, _bench.Value(Conveyor + "/Status/UnitModeCurrent"));
        Assert.Equal(StatusCodes.BadOutOfRange, Assert.Single(_bench.Call(Conveyor + "/SetUnitMode", Variant.Of(4)).Arguments!));
    }

    [Fact]
    public void Where_users_are_known_nobody_else_commands()
    {
        using var guarded = UaBench.WithPlc(new ConveyorPlc(1), settings => settings with { User = "operator" });
        guarded.StepSeconds(5);

        Assert.Equal(StatusCodes.BadUserAccessDenied, guarded.Call(Machine + "/Stop").Status);
        Assert.Equal(StatusCodes.Good, guarded.CallAs(new Caller(NodeId.Null, "operator"), Machine + "/Stop").Status);
    }

    [Fact]
    public void Measurements_counts_and_lamps_are_those_of_the_plc()
    {
        _bench.StepSeconds(1.5);
        _bench.Call(Execute + "/Start", NoParameters);
        _bench.StepSeconds(30);
        var state = _plc.State;

        Assert.Equal(state.SpeedMillimetresPerSecond, _bench.Value(Process + "Speed"));
        Assert.Equal(state.MotorAmperes, _bench.Value(Process + "MotorCurrent"));
        Assert.Equal((state.Total, state.Good), ((uint)_bench.Value(Process + "Total")!, (uint)_bench.Value(Process + "Good")!));
        Assert.NotEqual(0u, state.Total);
        Assert.Equal((state.IsPartAtEntry, state.Heartbeat), ((bool)_bench.Value(Process + "PartAtEntry")!, (ushort)_bench.Value(Process + "Heartbeat")!));
        Assert.Equal((false, true), ((bool)_bench.Value(Conveyor + "/Stacklight/Red/SignalOn")!, (bool)_bench.Value(Conveyor + "/Stacklight/Green/SignalOn")!));
        var count = Assert.Single((ExtensionObject[])_bench.Value(Conveyor + "/Admin/ProdProcessedCount")!);
        Assert.Equal(state.Total, BitConverter.ToUInt32(count.Body!, count.Body!.Length - sizeof(uint)));
    }

    [Fact]
    public void A_fault_is_an_alarm_until_it_is_gone()
    {
        _plc.OpenGuard();
        _bench.StepSeconds(0.1);
        Assert.Equal(true, _bench.Value(Conveyor + "/FaultAlarm/ActiveState/Id"));
        Assert.Equal("Fault 22", ((LocalizedText)_bench.Value(Conveyor + "/FaultAlarm/Message")!).Text);

        _plc.CloseGuard();
        _bench.StepSeconds(0.1);
        Assert.Equal(false, _bench.Value(Conveyor + "/FaultAlarm/ActiveState/Id"));
    }

    private (string? Base, string? Machine, string? Execute) States() => (Text(Base), Text(Machine), Text(Execute));

    private string? Text(string machine) => _bench.Value(machine + "/CurrentState") is LocalizedText text ? text.Text : null;
}
