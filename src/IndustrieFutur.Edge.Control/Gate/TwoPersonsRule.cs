namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Somebody else has agreed to what was prepared.</summary>
internal sealed class TwoPersonsRule : IGateRule
{
    public const string Word = "two";

    public Refusal? Ask(GateQuestion question) => question switch
    {
        { Command.NeedsTwo: false } or { Request.Step: RequestStep.Prepare } => null,
        { Request.Step: RequestStep.Submit } => new Refusal(
            Word, "Il faut deux personnes : préparer, faire approuver, puis exécuter.", "It takes two persons: prepare, have it approved, then execute."),
        { Prepared.ApprovedBy.Length: > 0 } => null,
        _ => new Refusal(
            Word,
            "Une autre personne doit approuver d'abord : ifedge commands approve.",
            "Another person must approve first: ifedge commands approve."),
    };
}
