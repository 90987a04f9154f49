namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The configuration declares such a command.</summary>
internal sealed class CommandRule : IGateRule
{
    public const string Word = "command";

    public Refusal? Ask(GateQuestion question) => question.Command is null
        ? new Refusal(Word, "Cette commande n'existe pas ; la liste : ifedge commands.", "There is no such command; for the list: ifedge commands.")
        : null;
}
