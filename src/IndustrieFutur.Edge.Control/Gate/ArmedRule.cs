namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The commands in force are those that were rehearsed and armed.</summary>
internal sealed class ArmedRule : IGateRule
{
    public const string Word = "armed";

    public Refusal? Ask(GateQuestion question) => question.IsArmed ? null : new Refusal(
        Word,
        "Ces commandes ne sont pas armées : les répéter sur le simulateur (ifedge commands rehearse), puis un intégrateur les arme (ifedge commands arm).",
        "These commands are not armed: rehearse them on the simulator (ifedge commands rehearse), then an integrator arms them (ifedge commands arm).");
}
