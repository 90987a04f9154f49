namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What is of level 2 is prepared first.</summary>
internal sealed class LevelRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) =>
        question.Request.Step == RequestStep.Submit && question.Command!.Level > 1
            ? new Refusal(
                "level",
                "Cette commande est de niveau 2 : elle est refusée sans préparation. Préparez-la, puis exécutez-la dans les 10 s.",
                "This command is of level 2: it is refused unless prepared. Prepare it, then execute it within 10 s.")
            : null;
}
