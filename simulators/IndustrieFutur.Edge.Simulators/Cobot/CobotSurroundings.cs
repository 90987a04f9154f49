namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What happens to the arm from around it, by a scenario or by another device of the cell: doors, stops, parts that slip.</summary>
public sealed class CobotSurroundings
{
    private readonly CobotArm _arm;

    internal CobotSurroundings(CobotArm arm) => _arm = arm;

    /// <summary>The safeguard's input: a door, a scanner. Closing it leaves the stop until somebody acknowledges.</summary>
    public void SetSafeguard(bool isOpen) => Change(safety => safety.SetSafeguard(isOpen), isOpen ? "safeguard opened" : "safeguard closed");

    /// <summary>The cell's emergency-stop chain.</summary>
    public void SetCellEmergencyStop(bool isActive) =>
        Change(safety => safety.SetCellStop(isActive), isActive ? "cell emergency stop active" : "cell emergency stop released");

    /// <summary>The input for reduced limits: half the speed, no stop.</summary>
    public void SetReduced(bool isReduced) => Change(safety => safety.IsReduced = isReduced, isReduced ? "reduced limits on" : "reduced limits off");

    /// <summary>The arm's own safety functions stop it: it has hit something.</summary>
    /// <param name="why">In a few words.</param>
    public void TriggerProtectiveStop(string why) => _arm.Ask((controller, _) =>
    {
        controller.StopProtectively(why);
        return why;
    });

    /// <summary>The safety system fails: power off until somebody restarts it.</summary>
    public void TriggerFault() => Change(safety => safety.Fail(), "safety system fault");

    /// <summary>The gripper has missed or lost the part: nothing hangs at the flange until it closes again.</summary>
    public void LosePart() => _arm.Ask((controller, tool) =>
    {
        tool.Lose();
        controller.Say("part lost");
        return true;
    });

    /// <summary>Whether parts come to the conveyor's end; without one the program waits at home.</summary>
    public void SetPartsCome(bool doCome) => _arm.Ask((controller, tool) =>
    {
        tool.PartsCome = doCome;
        controller.Say(doCome ? "parts come" : "no parts come");
        return doCome;
    });

    private void Change(Action<CobotSafety> change, string what) => _arm.Ask((controller, _) =>
    {
        controller.Change(change, what);
        return what;
    });
}
