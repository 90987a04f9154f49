namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Another person agreed, where that is asked for.</summary>
internal sealed class TwoPersonsRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) =>
        question.Command!.NeedsTwo && question.Request.Step != RequestStep.Prepare && question.Prepared is not { ApprovedBy.Length: > 0 }
            ? new Refusal(
                "two",
                "Une deuxième personne doit donner son accord : la commande est refusée. Préparez-la et faites-la approuver.",
                "A second person has to agree: the command is refused. Prepare it and have it approved.")
            : null;
}
