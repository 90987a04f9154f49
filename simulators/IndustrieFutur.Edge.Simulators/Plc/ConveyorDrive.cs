namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>The belt's motor: follows its setpoint with a lag, draws current by speed and load, and warms by the current.</summary>
internal sealed class ConveyorDrive
{
    public const float UsualSpeed = 250;

    private const double ScansPerSecond = ConveyorPlc.ScansPerSecond;
    private const double LagSeconds = 0.4;
    private const double HeatLagSeconds = 120;
    private const double AmbientDegrees = 22;

    /// <summary>Slower is standing.</summary>
    private const double CreepSpeed = 1;

    public double Speed { get; private set; }

    public double Amperes { get; private set; }

    public double Degrees { get; private set; } = AmbientDegrees;

    public bool Moves => Speed > CreepSpeed;

    /// <param name="wantedSpeed">The setpoint; what is no speed stands.</param>
    /// <param name="parts">How many lie on the belt.</param>
    public void Scan(float wantedSpeed, int parts)
    {
        var target = float.IsFinite(wantedSpeed) ? Math.Clamp(wantedSpeed, 0, ConveyorPlc.SpeedMax) : 0;
        Speed += (target - Speed) / (LagSeconds * ScansPerSecond);
        Amperes = Moves ? 0.4 + (1.4 * Speed / UsualSpeed) + (0.12 * parts) : 0;
        Degrees += (AmbientDegrees + (12 * Amperes) - Degrees) / (HeatLagSeconds * ScansPerSecond);
    }
}
