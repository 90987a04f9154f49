namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>One command at a time for each device.</summary>
internal sealed class BusyRule : IGateRule
{
    public const string Word = "busy";

    public Refusal? Ask(GateQuestion question) => question.IsBusy
        ? new Refusal(Word, "L'appareil exécute déjà une commande : attendre son issue.", "The device has an order already: wait for its outcome.")
        : null;
}
