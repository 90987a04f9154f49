using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Tests.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa.Orders;

/// <summary>Orders to the simulated conveyor and cobot: what is done is done once, and what is not in order never leaves.</summary>
public sealed class OpcUaOrdersTests : IDisposable
{
    private const string PackMl = "nsu=http://opcfoundation.org/UA/PackML/";
    private const string Own = "nsu=urn:industriefutur:cell-sim";
    private const string Conveyor = $"{Own};s=Conveyor1";

    private readonly ConveyorPlc _plc = new(1) { StartsByItself = false };
    private readonly UaBench _bench;
    private OpcUaOrderScene? _scene;

    public OpcUaOrdersTests() => _bench = UaBench.WithPlc(_plc);

    [Fact]
    public void A_written_setpoint_is_the_conveyor_s()
    {
        var scene = Begin(new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/SpeedSetpoint", Type = OpcUaNumber.F64 });

        var answer = scene.Execute(0, 120.5);
        _bench.Step(5);

        Assert.Equal(OrderAnswer.Taken(), answer);
        Assert.Equal(120.5, _plc.State.SpeedSetpointMillimetresPerSecond);
        Assert.Equal((1, 0), (_bench.Server.Writes, _bench.Server.Calls));
    }

    [Fact]
    public void A_method_gets_its_arguments_and_its_answer_is_told_argument_by_argument()
    {
        var scene = Begin(new OpcUaTargetOptions { Object = Conveyor, Method = $"/{PackMl}:SetMachSpeed", Arguments = [OpcUaNumber.F32] });

        var taken = scene.Execute(0, 80);
        var rejected = scene.Execute(0, 501);
        _bench.Step(5);

        Assert.Equal(OrderVerdict.Taken, taken.Verdict);
        Assert.Equal(new OrderAnswer(OrderVerdict.Rejected, StatusCodes.BadInvalidArgument, "BadInvalidArgument (0x80AB0000); argument 1: BadOutOfRange"), rejected);
        Assert.Equal(80, _plc.State.SpeedSetpointMillimetresPerSecond);
        Assert.Equal((0, 2), (_bench.Server.Writes, _bench.Server.Calls));
    }

    [Fact]
    public void A_machine_that_says_no_has_rejected_it()
    {
        var scene = Begin(
            new OpcUaTargetOptions { Object = $"{Own};s=Conveyor1/BaseStateMachine/MachineState/ExecuteState", Method = $"/{PackMl}:Hold" },
            new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/Command", Type = OpcUaNumber.U16, Packml = true },
            new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/Total", Type = OpcUaNumber.U32 });

        _bench.StepSeconds(1.5);
        Assert.Equal(OrderAnswer.Rejected(StatusCodes.BadInvalidState, "BadInvalidState (0x80AF0000)"), scene.Execute(0));
        Assert.Equal(StatusCodes.BadOutOfRange, scene.Execute(1, 11).Code);
        Assert.Equal(OrderVerdict.Taken, scene.Execute(1, (double)PackMlCommand.Start).Verdict);
        Assert.Equal(OrderAnswer.Rejected(StatusCodes.BadNotWritable, "BadNotWritable (0x803B0000)"), scene.Execute(2, 0));
        Assert.Equal((3, 1), (_bench.Server.Writes, _bench.Server.Calls));
    }

    [Fact]
    public void What_is_not_as_the_server_has_it_never_leaves()
    {
        var scene = Begin(
            new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/SpeedSetpoint", Type = OpcUaNumber.F32 },
            new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/Nothing", Type = OpcUaNumber.F64 },
            new OpcUaTargetOptions { Path = $"/{Own}:Nothing", Type = OpcUaNumber.F64 },
            new OpcUaTargetOptions { Node = "nsu=urn:nobody;i=1", Type = OpcUaNumber.F64 },
            new OpcUaTargetOptions { Object = Conveyor, Method = $"/{PackMl}:SetMachSpeed", Arguments = [OpcUaNumber.F64] },
            new OpcUaTargetOptions { Object = Conveyor, Method = $"/{PackMl}:SetMachSpeed" },
            new OpcUaTargetOptions { Object = Conveyor, Method = $"/{Own}:Process" },
            new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process", Type = OpcUaNumber.F64 },
            new OpcUaTargetOptions { Object = $"{Own};s=Conveyor1/BaseStateMachine", Method = $"/{PackMl}:Abort", Arguments = [OpcUaNumber.Bool] });
        string[] expected =
        [
            "SpeedSetpoint is Double on the server, and \"type\" says \"f32\"",
            "the server does not say what it is: BadNodeIdUnknown",
            "/nsu=urn:industriefutur:cell-sim:Nothing is not on the server: BadNoMatch",
            "nsu=urn:nobody;i=1 is not on the server: BadNodeIdUnknown",
            "argument 1, RequestedMachineSpeed, is Float on the server, and \"arguments\" says \"f64\"",
            "the method takes 1 arguments on the server, and \"arguments\" has 0",
            "Process is no method",
            "Process is no variable",
            "the method takes no argument on the server, and \"arguments\" has 1",
        ];

        var answers = expected.Select((_, target) => scene.Execute(target, target is 5 or 6 ? [] : [1])).ToArray();

        Assert.Equal(expected, answers.Select(answer => answer.Text));
        Assert.All(answers, answer => Assert.Equal(OrderVerdict.NotSent, answer.Verdict));
        Assert.Equal((0, 0), (_bench.Server.Writes, _bench.Server.Calls));
    }

    [Fact]
    public void Values_that_a_target_does_not_take_never_leave()
    {
        var scene = Begin(new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/Command", Type = OpcUaNumber.U16 });

        Assert.Equal(OrderVerdict.NotSent, scene.Execute(0).Verdict);
        Assert.Equal(OrderVerdict.NotSent, scene.Execute(0, 3, 3).Verdict);
        Assert.Equal(OrderVerdict.NotSent, scene.Execute(0, 3.5).Verdict);
        Assert.Equal(OrderVerdict.NotSent, scene.Execute(0, -1).Verdict);
        Assert.Equal(OrderVerdict.NotSent, scene.Execute(1, 3).Verdict);
        Assert.Equal(0, _bench.Server.Writes);
    }

    [Fact]
    public void Nothing_is_sent_before_the_link_is_open_nor_after_it_is_lost()
    {
        _scene = new OpcUaOrderScene(() => _bench.Client(), new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/SpeedSetpoint", Type = OpcUaNumber.F64 });

        var before = _scene.Execute(0, 100);
        _scene.Driver.Connect();
        _scene.Driver.Disconnect();
        var after = _scene.Execute(0, 100);

        Assert.Equal([OrderVerdict.NotSent, OrderVerdict.NotSent], [before.Verdict, after.Verdict]);
        Assert.Equal(0, _bench.Server.Writes);
    }

    [Fact]
    public void Where_users_are_known_a_stranger_writes_nothing()
    {
        using var guarded = UaBench.WithPlc(_plc, settings => settings with { User = "operator" });
        using var scene = new OpcUaOrderScene(() => guarded.Client(), new OpcUaTargetOptions { Node = $"{Own};s=Conveyor1/Process/SpeedSetpoint", Type = OpcUaNumber.F64 });
        scene.Driver.Connect();

        Assert.Equal(OrderAnswer.Rejected(StatusCodes.BadUserAccessDenied, "BadUserAccessDenied (0x801F0000)"), scene.Execute(0, 100));
    }

    [Fact]
    public void Vendors_names_do_not_hide_a_robot_s_safety_nor_its_parameters()
    {
        using var cobot = UaBench.WithCobot();
        var writable = (UaVariable)cobot.At("DeviceSet/Cell1/SafetyStates/SafetyState1/ParameterSet/OperationalMode");
        writable.AccessLevel |= AccessLevels.CurrentWrite;
        var vendors = new UaVariable(new NodeId(writable.Id.NamespaceIndex, "Secret"), new QualifiedName(writable.Id.NamespaceIndex, "Secret"))
        {
            DataType = new NodeId(0, NodeIds.Int32DataType),
            AccessLevel = AccessLevels.CurrentWrite,
        };
        vendors.Set(new DataValue(Variant.Of(0)));
        cobot.Server.Space.Add(vendors, cobot.At("DeviceSet/Cell1/SafetyStates/SafetyState1"), new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseDataVariableType));
        using var scene = new OpcUaOrderScene(
            () => cobot.Client(),
            new OpcUaTargetOptions { Node = $"{Own};s={writable.Id.Text}", Type = OpcUaNumber.I32 },
            new OpcUaTargetOptions { Node = $"{Own};s=Secret", Type = OpcUaNumber.I32 });
        scene.Driver.Connect();

        Assert.Equal("OperationalMode belongs to the Robotics specification, which only shows it", scene.Execute(0, 3).Text);
        Assert.Equal("changing a robot's safety state is never commanded from here", scene.Execute(1, 3).Text);
        Assert.Equal(0, cobot.Server.Writes);
    }

    [Fact]
    public void The_name_that_the_server_gives_a_method_decides_not_its_id()
    {
        using var cobot = UaBench.WithCobot();
        var calls = new List<string>();
        var cell = cobot.At("DeviceSet/Cell1");
        var robotics = cobot.At("DeviceSet/Cell1/SafetyStates").BrowseName.NamespaceIndex;
        AddMethod(cobot, cell, "m1", new QualifiedName(robotics, "GetReady"), calls);
        AddMethod(cobot, cell, "m2", new QualifiedName(cell.Id.NamespaceIndex, "Brakes_Release"), calls);
        AddMethod(cobot, cell, "m3", new QualifiedName(robotics, "Start"), calls);
        AddMethod(cobot, cell, "m4", new QualifiedName(robotics, "Stop"), calls);
        OpcUaTargetOptions Of(string id, bool motion = false) => new() { Object = $"{Own};s=Cell1", Method = $"{Own};s={id}", Motion = motion };
        using var scene = new OpcUaOrderScene(() => cobot.Client(), Of("m1"), Of("m2"), Of("m3"), Of("m3", motion: true), Of("m4"));
        scene.Driver.Connect();

        Assert.Contains("making a robot ready is never commanded", scene.Execute(0).Text, StringComparison.Ordinal);
        Assert.Contains("releasing brakes is never commanded", scene.Execute(1).Text, StringComparison.Ordinal);
        Assert.Contains("add \"motion\": true", scene.Execute(2).Text, StringComparison.Ordinal);
        Assert.Empty(calls);
        Assert.Equal(OrderAnswer.Rejected(3, "the method answers Status 3 (E_ActiveAlarm)"), scene.Execute(3));
        Assert.Equal(OrderVerdict.Rejected, scene.Execute(4).Verdict);
        Assert.Equal(["Start", "Stop"], calls);
    }

    public void Dispose()
    {
        _scene?.Dispose();
        _bench.Dispose();
    }

    private OpcUaOrderScene Begin(params OpcUaTargetOptions[] targets)
    {
        _scene = new OpcUaOrderScene(() => _bench.Client(), targets);
        _scene.Driver.Connect();
        return _scene;
    }

    /// <summary>One that answers the Robotics specification's Status "active alarm" with Good around it.</summary>
    private static void AddMethod(UaBench bench, UaNode parent, string id, QualifiedName name, List<string> calls)
    {
        var method = new UaMethod(new NodeId(parent.Id.NamespaceIndex, id), name)
        {
            Handler = _ =>
            {
                calls.Add(name.Name!);
                return MethodAnswer.Good(Variant.Of(3));
            },
        };
        bench.Server.Space.Add(method);
        bench.Server.Space.AddReference(parent, new NodeId(0, NodeIds.HasComponent), method);
    }
}
