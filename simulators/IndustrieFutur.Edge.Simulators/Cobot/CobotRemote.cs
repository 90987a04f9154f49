namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// What can be ordered from outside, and only under remote control: load, play, pause, stop. Power, brakes and stops are not among it: those
/// need a person at the arm. Null when taken, else why not.
/// </summary>
internal sealed class CobotRemote(CobotArm arm)
{
    private const string NotRemote = "The arm is not under remote control. Somebody switches that on at the pendant, in automatic mode.";

    public string? Load(string name) => arm.Ask((controller, _) => controller.IsRemote ? controller.Load(name) : NotRemote);

    public string? Play() => arm.Ask((controller, _) => controller.IsRemote ? controller.Play() : NotRemote);

    public string? Pause() => arm.Ask((controller, _) => controller.IsRemote ? controller.Pause() : NotRemote);

    public string? Stop() => arm.Ask((controller, _) => controller.IsRemote ? controller.Stop() : NotRemote);
}
