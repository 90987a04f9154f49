namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// What a person at the arm can do, with a hand on the pendant: for scenarios and tests. No server of the simulator knows it. Each order
/// answers null when it is taken, else why it is not.
/// </summary>
public sealed class CobotPendant
{
    private const string IsRemote = "The arm is under remote control; switch that off before it is played at the pendant.";

    private readonly CobotArm _arm;

    internal CobotPendant(CobotArm arm) => _arm = arm;

    /// <summary>Stop category 1: a controlled stop, then the power goes; the program ends.</summary>
    public void PressEmergencyStop() => Change(safety => safety.SetButton(true), "emergency-stop button pressed");

    /// <summary>Turns the button out; the stop stays until it is acknowledged.</summary>
    public void ReleaseEmergencyStop() => Change(safety => safety.SetButton(false), "emergency-stop button released");

    /// <summary>Lets the stops go whose causes are gone. Nothing moves by it: power, brakes and the program are orders of their own.</summary>
    public string? Acknowledge() => _arm.Ask((controller, _) => controller.Acknowledge());

    /// <summary>After a fault.</summary>
    public string? RestartSafety() => _arm.Ask((controller, _) => controller.RestartSafety());

    /// <summary>Takes 2 s; the brakes stay on.</summary>
    public string? PowerOn() => _arm.Ask((controller, _) => controller.PowerOn());

    /// <summary>Takes 1 s.</summary>
    public string? ReleaseBrakes() => _arm.Ask((controller, _) => controller.ReleaseBrakes());

    /// <summary>Manual reduced speed, or automatic. A program under way is stopped by the change.</summary>
    public string? SetManual(bool isManual) => _arm.Ask((controller, _) => controller.SetManual(isManual));

    public string? SetRemoteControl(bool isRemote) => _arm.Ask((controller, _) => controller.SetRemote(isRemote));

    /// <summary>In manual mode the arm moves only while the enabling device is held.</summary>
    public void HoldEnabling(bool isHeld) => _arm.Ask((controller, _) =>
    {
        controller.HoldEnabling(isHeld);
        return isHeld;
    });

    /// <param name="fraction">0 to 1.</param>
    public void SetSpeed(double fraction) => _arm.Ask((controller, _) =>
    {
        controller.SetSlider(fraction);
        return fraction;
    });

    public string? Load(string name) => _arm.Ask((controller, _) => controller.Load(name));

    public string? Play() => _arm.Ask((controller, _) => controller.IsRemote ? IsRemote : controller.Play());

    public string? Pause() => _arm.Ask((controller, _) => controller.Pause());

    public string? Stop() => _arm.Ask((controller, _) => controller.Stop());

    private void Change(Action<CobotSafety> change, string what) => _arm.Ask((controller, _) =>
    {
        controller.Change(change, what);
        return what;
    });
}
