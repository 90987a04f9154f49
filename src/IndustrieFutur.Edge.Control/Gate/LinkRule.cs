namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The device's link is open.</summary>
internal sealed class LinkRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) =>
        question.IsConnected
            ? null
            : new Refusal(
                "link",
                "La liaison avec l'appareil est coupée : la commande est refusée. Vérifiez le câble et l'alimentation.",
                "The link to the device is down: the command is refused. Check the cable and the power.");
}
