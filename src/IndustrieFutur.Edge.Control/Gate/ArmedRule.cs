namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The commands in force are those that were rehearsed and armed.</summary>
internal sealed class ArmedRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) =>
        question.IsArmed
            ? null
            : new Refusal(
                "armed",
                "Ces commandes ne sont pas armées : refus. Un intégrateur les répète sur le simulateur, puis les arme.",
                "These commands are not armed: it is refused. An integrator rehearses them on the simulator, then arms them.");
}
