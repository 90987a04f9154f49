using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>Writes what has changed of the cobot's state since the last look into its nodes.</summary>
internal sealed class CobotUaView(CobotArm arm, ArmNodes device, AxisNodes[] axes, ControllerNodes controller, SafetyNodes safety) : IUaView
{
    private CobotState _state;

    /// <inheritdoc/>
    public void Show(long utc)
    {
        arm.Read(out _state);
        device.Show(_state, utc);
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i].Show(_state, i, utc);
        }

        controller.Show(_state, utc);
        safety.Show(_state, utc);
    }
}
