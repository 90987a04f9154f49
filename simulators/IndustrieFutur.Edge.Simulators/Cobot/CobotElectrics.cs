using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// Currents, voltages, temperatures and energy of the drives: they follow the moments, with a first-order warming and the noise of real
/// sensors. The figures are ours.
/// </summary>
internal sealed class CobotElectrics(Random random, CobotFaults faults)
{
    private const double BusVolts = 48;
    private const double IdleAmperes = 0.6;
    private const double BoxAmperes = 0.35;
    private const double WindingOhms = 0.7;
    private const double CurrentNoise = 0.05;
    private const double CurrentWindow = 3;

    private const double StartDegrees = 30;

    /// <summary>Half an hour: how slowly a joint warms.</summary>
    private const double WarmSeconds = 1800;

    /// <summary>What a square ampere adds in the end; a shoulder under load gains some 15 degrees.</summary>
    private const double DegreesPerSquareAmpere = 1.6;

    /// <summary>A sensor in a joint speaks twice a second.</summary>
    private const int TemperatureTicks = SimulatedTime.TicksPerSecond / 2;

    private const double TickSeconds = 1.0 / SimulatedTime.TicksPerSecond;

    private Vector6 _degrees = All(StartDegrees);
    private Vector6 _readDegrees = All(StartDegrees);
    private double _drift;

    /// <param name="isOn">The arm has power.</param>
    /// <param name="isRunning">The brakes are released and the drives hold the arm.</param>
    /// <param name="friction">Moments at the joints from friction, N.m.</param>
    /// <param name="moments">Moments at the joints without friction and contact, N.m.</param>
    /// <param name="contact">What the contact of the tool adds to them.</param>
    /// <param name="state">Takes the figures.</param>
    public void Tick(bool isOn, bool isRunning, in Vector6 friction, in Vector6 moments, in Vector6 contact, ref CobotState state)
    {
        var watts = 0.0;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            var target = isRunning ? (moments[i] + friction[i]) / ArmModel.MomentPerAmpere[i] : 0;
            var actual = isRunning ? target + (contact[i] / ArmModel.MomentPerAmpere[i]) : 0;
            var noise = Noise(CurrentNoise) * faults.NoiseFactor;
            state.TargetMoment[i] = isRunning ? moments[i] + friction[i] : 0;
            state.TargetCurrent[i] = target;
            state.ActualCurrent[i] = isOn ? actual + noise : 0;
            state.JointControlOutput[i] = actual;
            state.ActualCurrentWindow[i] = CurrentWindow;
            var shaft = isRunning ? (moments[i] + friction[i]) * state.ActualQd[i] : 0;
            state.ActualRobotBrakingEnergyDissipated += Math.Max(0, -shaft) * TickSeconds;
            watts += Math.Max(0, shaft) + (WindingOhms * actual * actual);
            _degrees[i] += (StartDegrees + (DegreesPerSquareAmpere * actual * actual) - _degrees[i]) * (TickSeconds / WarmSeconds);
        }

        Supply(isOn, watts, ref state);
        Measure(state.Tick, ref state);
    }

    private void Supply(bool isOn, double watts, ref CobotState state)
    {
        var amperes = isOn ? IdleAmperes + (watts / BusVolts) : 0;
        state.ActualRobotCurrent = Math.Max(0, amperes + (isOn ? Noise(0.02) : 0));
        state.ActualMainVoltage = BusVolts + Noise(0.05);
        state.ActualRobotVoltage = isOn ? BusVolts - (0.05 * amperes) + Noise(0.05) : Math.Abs(Noise(0.05));
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            state.ActualJointVoltage[i] = isOn ? BusVolts - (0.1 * amperes) + Noise(0.05) : 0;
        }

        state.IoCurrent = BoxAmperes + Noise(0.01);
        state.ActualRobotEnergyConsumed += state.ActualRobotVoltage * state.ActualRobotCurrent * TickSeconds;
    }

    private void Measure(long tick, ref CobotState state)
    {
        _drift = faults.TemperatureDriftPerMinute == 0 ? 0 : _drift + (faults.TemperatureDriftPerMinute / 60 * TickSeconds);
        if (tick % TemperatureTicks == 1)
        {
            for (var i = 0; i < ArmModel.Joints; i++)
            {
                _readDegrees[i] = _degrees[i] + _drift + Noise(0.1);
            }

            state.ToolTemperature = _degrees[ArmModel.Joints - 1] - 2 + Noise(0.1);
        }

        state.JointTemperatures = _readDegrees;
    }

    /// <summary>Between minus and plus the size, the middle likelier.</summary>
    private double Noise(double size) => size * (random.NextDouble() + random.NextDouble() - 1);

    private static Vector6 All(double value)
    {
        Vector6 all = default;
        all[..].Fill(value);
        return all;
    }
}
