using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>What a motion device shows as a whole (OPC 40010-1, MotionDeviceType).</summary>
internal sealed class ArmNodes(ModelBuilder builder, UaObject device)
{
    private readonly LiveValue<double> _speedOverride = builder.Double(device, "ParameterSet/SpeedOverride");
    private readonly LiveValue<bool> _onPath = builder.Boolean(device, "ParameterSet/OnPath");
    private readonly LiveValue<bool> _inControl = builder.Boolean(device, "ParameterSet/InControl");
    private readonly LiveValue<double> _flangeMass = builder.Double(device, "FlangeLoad/Mass");

    public void Show(in CobotState state, long utc)
    {
        _speedOverride.Show(100 * state.TargetSpeedFraction, utc);
        _onPath.Show(state.IsOnPath, utc);
        _inControl.Show(state.RobotMode == RobotMode.Running, utc);
        _flangeMass.Show(state.PayloadKilograms, utc);
    }
}
