using System.Globalization;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The sentences of outcomes: what happened, and what a person does now.</summary>
internal static class OutcomeWords
{
    public static (string Fr, string En) Confirmed(long millis) =>
        ($"Effet constaté en {Seconds(millis)}.", $"The effect was seen within {Seconds(millis)}.");

    public static (string Fr, string En) Rejected(string said) =>
        ($"L'appareil a refusé : {said}", $"The device rejected it: {said}");

    /// <summary>The device took it, and the effect did not show.</summary>
    public static (string Fr, string En) NoEffect(CommandPlan command, string seen)
    {
        var within = Seconds(command.EffectNanos / 1_000_000);
        return ($"Issue inconnue : l'appareil a pris la commande, et l'effet n'est pas constaté en {within} ({seen}). Vérifier sur place.",
            $"Unknown: the device took the order, and its effect was not seen within {within} ({seen}). Look at the machine.");
    }

    public static (string Fr, string En) Unanswered(string said) =>
        ($"Issue inconnue : l'appareil n'a pas répondu ({said}). Rien n'est renvoyé. Vérifier sur place.",
            $"Unknown: the device did not answer ({said}). Nothing is sent again. Look at the machine.");

    public static (string Fr, string En) NoDriver() =>
        ("Issue inconnue : la liaison a pris la commande et ne dit rien. Rien n'est renvoyé. Vérifier sur place.",
            "Unknown: the link took the order and says nothing. Nothing is sent again. Look at the machine.");

    public static (string Fr, string En) Killed() =>
        ("Issue inconnue : le service s'est arrêté pendant la commande. Rien n'est renvoyé. Vérifier sur place.",
            "Unknown: the service ended while the order was under way. Nothing is sent again. Look at the machine.");

    /// <summary>Nothing was written: by what, and the rule's word.</summary>
    public static Refusal NotSent(OrderCause cause, string said, GuardReading? guard) => cause switch
    {
        OrderCause.Interlock when guard is not null => InterlockRule.Refuse(guard),
        OrderCause.Expired => new Refusal(ExpiryRule.Word, "La commande a expiré avant que la liaison ne la prenne ; rien n'a été écrit.", "The order expired before the link came to it; nothing was written."),
        OrderCause.LinkLost => new Refusal(LinkRule.Word, "La liaison a été perdue avant l'écriture ; rien n'a été écrit.", "The link was lost before the write; nothing was written."),
        OrderCause.SafetyChanged => new Refusal("safety", "L'état de sécurité a changé juste avant l'écriture ; rien n'a été écrit. Vérifier la cellule.", "The safety state changed just before the write; nothing was written. Look at the cell."),
        OrderCause.Withdrawn => new Refusal(SwitchRule.Word, "La commande a été retirée avant l'écriture ; rien n'a été écrit.", "The order was taken back before the write; nothing was written."),
        _ => new Refusal("driver", $"Rien n'a été écrit : {said}", $"Nothing was written: {said}"),
    };

    private static string Seconds(long millis) => string.Create(CultureInfo.InvariantCulture, $"{millis / 1e3:0.00} s");
}
