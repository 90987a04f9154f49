using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.OpcUa;

/// <summary>The cobot looks over OPC UA as OPC 40010-1 has it, and shows what its state is at each tick.</summary>
public sealed class CobotUaModelTests : IDisposable
{
    private const string System = "DeviceSet/Cell1";
    private const string Arm = System + "/MotionDevices/Arm1";
    private const string Safety = System + "/SafetyStates/SafetyState1";
    private const string Task = System + "/Controllers/Controller1/TaskControls/TaskControl1/ParameterSet";

    private readonly CobotArm _arm = UaBench.Arm();
    private readonly UaBench _bench;

    public CobotUaModelTests() => _bench = UaBench.WithCobot(_arm);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Each_axis_shows_the_joint_of_the_tick_that_has_passed()
    {
        for (var seconds = 0; seconds < 6; seconds++)
        {
            _bench.StepSeconds(1);
            _arm.Read(out var state);
            for (var axis = 0; axis < 6; axis++)
            {
                var set = $"{Arm}/Axes/Axis_{axis + 1}/ParameterSet";
                Assert.Equal(state.ActualQ[axis], _bench.Value($"{set}/ActualPosition"));
                Assert.Equal(state.ActualQd[axis], _bench.Value($"{set}/ActualSpeed"));
                Assert.Equal(state.TargetQdd[axis], _bench.Value($"{set}/ActualAcceleration"));
                Assert.Equal(state.JointTemperatures[axis], _bench.Value($"{Arm}/PowerTrains/PowerTrain_{axis + 1}/Motor_{axis + 1}/ParameterSet/MotorTemperature"));
            }
        }
    }

    [Fact]
    public void A_value_bears_the_virtual_time_of_the_tick_in_which_it_changed()
    {
        _bench.StepSeconds(3);

        var position = _bench.Data($"{Arm}/Axes/Axis_1/ParameterSet/ActualPosition");
        var program = _bench.Data(Task + "/TaskProgramName");

        Assert.Equal(Wire(3), position.SourceTimestamp);
        Assert.Equal(Wire(0), program.SourceTimestamp);
    }

    [Fact]
    public void What_does_not_change_is_not_written_again()
    {
        _bench.StepSeconds(1);
        var before = _bench.Data(Safety + "/ParameterSet/OperationalMode");

        _bench.StepSeconds(1);

        Assert.Same(before, _bench.Data(Safety + "/ParameterSet/OperationalMode"));
    }

    [Theory]
    [InlineData("Axes/Axis_1/ParameterSet/ActualPosition", "C81", -2 * Math.PI, 2 * Math.PI)]
    [InlineData("Axes/Axis_6/ParameterSet/ActualSpeed", "2A", -Math.PI, Math.PI)]
    [InlineData("Axes/Axis_6/ParameterSet/ActualAcceleration", "2B", -20.0, 20.0)]
    [InlineData("PowerTrains/PowerTrain_3/Motor_3/ParameterSet/MotorTemperature", "CEL", 0.0, 100.0)]
    public void A_measured_value_has_its_unit_and_range(string path, string code, double low, double high)
    {
        Assert.True(((ExtensionObject)_bench.Value($"{Arm}/{path}/EngineeringUnits")!).TryDecode<EUInformation>(out var unit));
        Assert.True(((ExtensionObject)_bench.Value($"{Arm}/{path}/EURange")!).TryDecode<IndustrieFutur.Edge.OpcUa.Types.Generated.Range>(out var range));

        Assert.Equal(code, new string([.. Letters(unit.UnitId)]));
        Assert.Equal("http://www.opcfoundation.org/UA/units/un/cefact", unit.NamespaceUri);
        Assert.Equal((low, high), (range.Low, range.High));
    }

    [Fact]
    public void The_program_is_shown_as_it_is_loaded()
    {
        Assert.Equal(_arm.Settings.Program, _bench.Value(Task + "/TaskProgramName"));
        Assert.Equal(true, _bench.Value(Task + "/TaskProgramLoaded"));
    }

    [Fact]
    public void Power_brakes_and_override_follow_the_arm()
    {
        _arm.Pendant.SetSpeed(0.4);
        _bench.StepSeconds(1);
        Assert.Equal((40.0, true, true), ((double)_bench.Value(Arm + "/ParameterSet/SpeedOverride")!, InControl(), IsReleased()));

        _arm.Pendant.PressEmergencyStop();
        _bench.StepSeconds(2);
        Assert.Equal((false, false), (InControl(), IsReleased()));

        bool InControl() => (bool)_bench.Value(Arm + "/ParameterSet/InControl")!;
        bool IsReleased() => (bool)_bench.Value(Arm + "/PowerTrains/PowerTrain_1/Motor_1/ParameterSet/BrakeReleased")!;
    }

    [Fact]
    public void An_emergency_stop_is_shown_with_the_function_that_made_it_and_stays_until_it_is_acknowledged()
    {
        _arm.Surroundings.SetCellEmergencyStop(true);
        _bench.Step();
        Assert.Equal((true, false, true), (Stop("ParameterSet/EmergencyStop"), Stop("EmergencyStopFunctions/PendantButton/Active"), Stop("EmergencyStopFunctions/CellChain/Active")));
        Assert.Equal((true, false, true), Alarm("EmergencyStopAlarm"));

        _arm.Surroundings.SetCellEmergencyStop(false);
        _bench.StepSeconds(1);
        Assert.True(Stop("ParameterSet/EmergencyStop"));

        Assert.Null(_arm.Pendant.Acknowledge());
        _bench.Step();
        Assert.False(Stop("ParameterSet/EmergencyStop"));
        Assert.Equal((false, false, true), Alarm("EmergencyStopAlarm"));
    }

    [Fact]
    public void To_acknowledge_the_alarm_leaves_the_stop_as_it_is()
    {
        _arm.Surroundings.TriggerProtectiveStop("test");
        _bench.Step();
        Assert.True(Stop("ParameterSet/ProtectiveStop"));
        Assert.True(Stop("ProtectiveStopFunctions/Contact/Active"));

        var seen = _bench.Value(Safety + "/ProtectiveStopAlarm/EventId");
        var answer = _bench.Call(Safety + "/ProtectiveStopAlarm/Acknowledge", Variant.OfByteString((byte[])seen!), Variant.Of(new LocalizedText("en", "seen")));
        _bench.StepSeconds(1);

        Assert.Equal(StatusCodes.Good, answer.Status);
        Assert.Equal((true, true, true), Alarm("ProtectiveStopAlarm"));
        Assert.True(Stop("ParameterSet/ProtectiveStop"));
    }

    [Fact]
    public void An_open_safeguard_and_a_missing_enabling_device_are_told_apart()
    {
        _arm.Surroundings.SetSafeguard(true);
        _bench.Step();
        Assert.Equal((true, false, false), Protective());

        _arm.Surroundings.SetSafeguard(false);
        _arm.Pendant.Acknowledge();
        _arm.Pendant.SetManual(true);
        _bench.Step();

        Assert.Equal((false, true, true), Protective());
        Assert.Equal((int)OperationalMode.ManualReducedSpeed, _bench.Value(Safety + "/ParameterSet/OperationalMode"));

        (bool Safeguard, bool Enabling, bool EnablingUsed) Protective() => (
            Stop("ProtectiveStopFunctions/Safeguard/Active"), Stop("ProtectiveStopFunctions/Enabling/Active"), Stop("ProtectiveStopFunctions/Enabling/Enabled"));
    }

    [Fact]
    public void Remote_control_is_automatic_external()
    {
        Assert.Null(_arm.Pendant.SetRemoteControl(true));
        _bench.Step();

        Assert.Equal((int)OperationalMode.AutomaticExternal, _bench.Value(Safety + "/ParameterSet/OperationalMode"));
        Assert.Equal("Remote", _bench.Value(System + "/Controllers/Controller1/CurrentUser/Level"));
    }

    [Fact]
    public void The_same_system_is_a_machine_with_its_nameplate()
    {
        Assert.Same(_bench.At(System), _bench.At("Machines/Cell1"));
        Assert.Equal(_arm.Settings.SerialNumber, _bench.Value("Machines/Cell1/Identification/SerialNumber"));
    }

    [Fact]
    public void The_parts_know_each_other()
    {
        var robotics = _bench.Server.Space.Namespaces.IndexOf(NodeSets.Robotics);
        Assert.Same(_bench.At(Arm), Far(_bench.At(System + "/Controllers/Controller1"), 4002));
        Assert.Same(_bench.At(Safety), Far(_bench.At(System + "/Controllers/Controller1"), 18182));
        Assert.Same(_bench.At(Arm + "/PowerTrains/PowerTrain_2"), Far(_bench.At(Arm + "/Axes/Axis_2"), 18179));
        Assert.Same(_bench.At(Arm + "/Axes/Axis_2"), Far(_bench.At(Arm + "/PowerTrains/PowerTrain_2"), 18178));

        UaNode Far(UaNode from, uint reference) =>
            Assert.Single(_bench.Server.Space.Step(from, new NodeId(robotics, reference), false, false, default));
    }

    [Fact]
    public void No_variable_of_the_system_is_without_a_value()
    {
        _bench.Step();
        var maker = _bench.Server.Space.Namespaces.IndexOf("urn:industriefutur:cell-sim");
        var bare = _bench.Server.Space.Nodes.OfType<UaVariable>()
            .Where(variable => variable.Id.NamespaceIndex == maker && variable.Value.Value.IsNull).Select(variable => variable.Id.Text);

        Assert.Empty(bare);
    }

    private static long Wire(double seconds) => UaBench.Start.AddSeconds(seconds).UtcDateTime.ToFileTimeUtc();

    private static IEnumerable<char> Letters(int unitId)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            if ((unitId >> shift & 0xFF) != 0)
            {
                yield return (char)(unitId >> shift & 0xFF);
            }
        }
    }

    private bool Stop(string path) => (bool)_bench.Value($"{Safety}/{path}")!;

    private (bool Active, bool Acknowledged, bool Retained) Alarm(string name) => (
        Stop(name + "/ActiveState/Id"), Stop(name + "/AckedState/Id"), Stop(name + "/Retain"));
}
