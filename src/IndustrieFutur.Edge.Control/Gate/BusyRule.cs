namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The device has no other order.</summary>
internal sealed class BusyRule : IGateRule
{
    public const string Name = "busy";

    public Refusal? Ask(GateQuestion question) =>
        question.IsBusy
            ? new Refusal(
                Name,
                "L'appareil exécute déjà un ordre : la commande est refusée. Attendez son résultat.",
                "The device has an order already: the command is refused. Wait for its outcome.")
            : null;
}
