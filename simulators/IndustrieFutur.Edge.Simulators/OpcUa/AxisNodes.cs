using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>One axis of the arm and the power train that moves it: motor and gear (OPC 40010-1, AxisType and PowerTrainType).</summary>
internal sealed class AxisNodes
{
    private const uint AxisType = 16601;
    private const uint PowerTrainType = 16794;
    private const uint MotorType = 1019;
    private const uint GearType = 1022;
    private const uint Moves = 18178;
    private const uint Requires = 18179;
    private const uint IsConnectedTo = 18181;
    private const uint RationalNumber = 18806;

    /// <summary>AxisMotionProfileEnumeration.</summary>
    private const int Rotary = 1;

    /// <summary>Of a strain wave gear as cobots have them; ours.</summary>
    private const int GearRatio = 101;

    /// <summary>Two turns, one to each side, as the data sheet of such arms has it.</summary>
    private const double PositionMax = 2 * Math.PI;

    private const double TemperatureMax = 100;

    /// <summary>What a motor draws at its full load; ours.</summary>
    private const double AmperesMax = 10;

    private readonly LiveValue<double> _position;
    private readonly LiveValue<double> _speed;
    private readonly LiveValue<double> _acceleration;
    private readonly LiveValue<double> _temperature;
    private readonly LiveValue<bool> _brakeReleased;
    private readonly LiveValue<int> _loadRate;

    public AxisNodes(ModelBuilder builder, UaObject arm, int number, string serialNumber)
    {
        var axis = BuildAxis(builder, arm, number);
        var train = builder.Instance(builder.At(arm, "PowerTrains"), NodeSets.Robotics, PowerTrainType, Numbered("PowerTrain", number), "ComponentName");
        builder.FixText(train, "ComponentName", string.Create(CultureInfo.InvariantCulture, $"Drive of axis {number}"));
        builder.Join(axis, NodeSets.Robotics, Requires, train);
        builder.Join(train, NodeSets.Robotics, Moves, axis);
        var motor = BuildMotor(builder, train, number, serialNumber);
        builder.Join(motor, NodeSets.Robotics, IsConnectedTo, BuildGear(builder, train, number, serialNumber));

        _position = builder.Double(axis, "ParameterSet/ActualPosition");
        _speed = builder.Double(axis, "ParameterSet/ActualSpeed");
        _acceleration = builder.Double(axis, "ParameterSet/ActualAcceleration");
        _temperature = builder.Double(motor, "ParameterSet/MotorTemperature");
        _brakeReleased = builder.Boolean(motor, "ParameterSet/BrakeReleased");
        _loadRate = new LiveValue<int>(builder.VariableAt(motor, "ParameterSet/EffectiveLoadRate"), static percent => Variant.Of((ushort)percent));
    }

    public void Show(in CobotState state, int joint, long utc)
    {
        _position.Show(state.ActualQ[joint], utc);
        _speed.Show(state.ActualQd[joint], utc);
        _acceleration.Show(state.TargetQdd[joint], utc);
        _temperature.Show(state.JointTemperatures[joint], utc);
        _brakeReleased.Show(state.IsBrakeReleased, utc);
        _loadRate.Show((int)(100 * Math.Min(1, Math.Abs(state.ActualCurrent[joint]) / AmperesMax)), utc);
    }

    private static string Numbered(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}_{number}");

    private static UaObject BuildAxis(ModelBuilder builder, UaObject arm, int number)
    {
        var axis = builder.Instance(
            builder.At(arm, "Axes"), NodeSets.Robotics, AxisType, Numbered("Axis", number),
            "ParameterSet/ActualSpeed/EURange", "ParameterSet/ActualAcceleration/EURange", "ParameterSet/ActualPosition/EURange");
        builder.Fix(axis, "MotionProfile", Variant.Of(Rotary));
        builder.Scale(builder.At(axis, "ParameterSet/ActualPosition"), EngineeringUnit.Radian, -PositionMax, PositionMax);
        builder.Scale(builder.At(axis, "ParameterSet/ActualSpeed"), EngineeringUnit.RadianPerSecond, -ArmModel.JointSpeedMax, ArmModel.JointSpeedMax);
        builder.Scale(
            builder.At(axis, "ParameterSet/ActualAcceleration"), EngineeringUnit.RadianPerSecondSquared, -ArmModel.JointAccelerationMax, ArmModel.JointAccelerationMax);
        return axis;
    }

    private static UaObject BuildMotor(ModelBuilder builder, UaObject train, int number, string serialNumber)
    {
        var motor = builder.Instance(
            train, NodeSets.Robotics, MotorType, Numbered("Motor", number),
            "ParameterSet/MotorTemperature/EURange", "ParameterSet/BrakeReleased", "ParameterSet/EffectiveLoadRate");
        builder.Nameplate(motor, "Simulated joint motor", "SIM-MOTOR", $"{serialNumber}-M{number}");
        builder.Scale(builder.At(motor, "ParameterSet/MotorTemperature"), EngineeringUnit.DegreeCelsius, 0, TemperatureMax);
        return motor;
    }

    private static UaObject BuildGear(ModelBuilder builder, UaObject train, int number, string serialNumber)
    {
        var gear = builder.Instance(train, NodeSets.Robotics, GearType, Numbered("Gear", number));
        builder.Nameplate(gear, "Simulated strain wave gear", "SIM-GEAR", $"{serialNumber}-G{number}");
        builder.Fix(gear, "GearRatio", Variant.Of(builder.Structure(new NodeId(0, RationalNumber), static body =>
        {
            var writer = new UaWriter(body);
            writer.WriteInt32(GearRatio);
            writer.WriteUInt32(1);
        })));
        builder.Fix(gear, "GearRatio/Numerator", Variant.Of(GearRatio));
        builder.Fix(gear, "GearRatio/Denominator", Variant.Of(1u));
        return gear;
    }
}
