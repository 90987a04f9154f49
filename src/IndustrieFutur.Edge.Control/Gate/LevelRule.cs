namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What is of level 2 is prepared first, then executed.</summary>
internal sealed class LevelRule : IGateRule
{
    public const string Word = "level";

    public Refusal? Ask(GateQuestion question) => question is { Command.Level: > 1, Request.Step: RequestStep.Submit }
        ? new Refusal(Word, "Commande de niveau 2 : la préparer d'abord, puis l'exécuter.", "A command of level 2: prepare it first, then execute it.")
        : null;
}
