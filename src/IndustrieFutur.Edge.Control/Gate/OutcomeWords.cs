using System.Globalization;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What people read of how an order ended.</summary>
internal static class OutcomeWords
{
    public static Refusal Confirmed { get; } = new("", "Fait : l'effet est visible.", "Done: the effect is seen.");

    public static Refusal NoEffect { get; } = new(
        "", "Ordre accepté, mais son effet n'est pas visible à temps. Regardez la machine ; rien n'est répété.", "The device took the order, but its effect was not seen in time. Look at the machine; nothing is repeated.");

    public static Refusal Unanswered { get; } = new(
        "", "L'appareil n'a pas répondu : nul ne sait si l'ordre est passé. Regardez la machine ; rien n'est répété.", "The device did not answer: nobody knows whether the order arrived. Look at the machine; nothing is repeated.");

    public static Refusal UnansweredButSeen { get; } = new(
        "", "L'appareil n'a pas répondu, mais l'effet attendu est visible. Regardez la machine ; rien n'est répété.", "The device did not answer, but the expected effect is seen. Look at the machine; nothing is repeated.");

    public static Refusal DriverSilent { get; } = new(
        "", "L'ordre est parti et la liaison n'a rien dit à temps. Regardez la machine ; rien n'est répété.", "The order was with the link, which said nothing in time. Look at the machine; nothing is repeated.");

    public static Refusal NobodyCame { get; } = new(
        "expiry", "La liaison n'a pas pris l'ordre à temps : il est retiré, rien n'est parti. Vérifiez l'appareil.", "The link did not come to the order in time: it was taken back, nothing was sent. Check the device.");

    public static Refusal SafetyChanged { get; } = new(
        "safety", "L'état de sécurité a changé : rien n'est parti. Vérifiez la cellule, puis recommencez.", "The safety state has changed: nothing was sent. Check the cell, then ask again.");

    public static Refusal SwitchedOff { get; } = new(
        "switch", "Les commandes ont été coupées : l'ordre est retiré, rien n'est parti. Recommencez quand elles sont remises.", "Commands were turned off: the order was taken back, nothing was sent. Ask again once they are on.");

    public static Refusal RestartRefused { get; } = new(
        "restart", "Le service a redémarré : l'ordre est retiré, rien n'est parti. Recommencez.", "The service was started again: the order was taken back, nothing was sent. Ask again.");

    public static Refusal RestartUnknown { get; } = new(
        "", "Le service a redémarré pendant l'ordre : nul ne sait s'il est passé. Regardez la machine.", "The service was started again during the order: nobody knows whether it was done. Look at the machine.");

    public static Refusal Rejected(string text, uint code) => new(
        "",
        $"L'appareil refuse : {Device(text, code)}. Corrigez la cause sur l'appareil, puis recommencez.",
        $"The device says no: {Device(text, code)}. Mend the cause at the device, then ask again.");

    public static Refusal NotWritten(Refusal words) => words with
    {
        Rule = "",
        Fr = $"{words.Fr} Le résultat n'a pas pu être écrit dans l'audit : il compte comme inconnu.",
        En = $"{words.En} The outcome could not be written to the audit: it counts as unknown.",
    };

    /// <param name="cause">Why the desk did not hand it on, where it was the desk.</param>
    /// <param name="text">Why the driver did not send it, in its own words; empty where it has none.</param>
    public static Refusal NotSent(OrderCause cause, string text) => cause switch
    {
        OrderCause.Expired => NobodyCame,
        OrderCause.LinkLost => new Refusal(
            "link", "La liaison a été perdue : rien n'est parti. Vérifiez le câble, puis recommencez.", "The link was lost: nothing was sent. Check the cable, then ask again."),
        OrderCause.SafetyChanged => SafetyChanged,
        OrderCause.None when text.Length > 0 => new Refusal(
            "driver", $"Le pilote n'a rien envoyé : {text.TrimEnd('.')}. Corrigez-en la cause, puis recommencez.", $"The driver sent nothing: {text.TrimEnd('.')}. Mend the cause, then ask again."),
        _ => new Refusal(
            "driver", "Le pilote n'a pas reconnu l'ordre : rien n'est parti. Redémarrez le service.", "The driver did not know the order: nothing was sent. Start the service again."),
    };

    /// <summary>What the audit still says of a request of before a restart. It keeps English alone.</summary>
    public static CommandAnswer Recalled(AuditRecord record, AuditRecord? end)
    {
        var last = record.Kind == AuditKind.Ordered ? end : record;
        var isKnown = Enum.TryParse<Outcome>(last?.Outcome, out var outcome);
        return new CommandAnswer
        {
            Id = record.Id,
            Command = record.Command,
            Outcome = isKnown ? outcome : record.Kind == AuditKind.Ordered ? Outcome.Unknown : Outcome.Refused,
            Rule = record.Kind == AuditKind.Prepared ? "token" : last?.Rule ?? "",
            TextFr = record.Kind == AuditKind.Prepared ? "Le jeton n'est plus valable depuis le redémarrage. Préparez la commande à nouveau." : $"Réponse d'avant le redémarrage, d'après l'audit : {last?.Text}",
            TextEn = record.Kind == AuditKind.Prepared ? "The token is void since the restart. Prepare the command again." : last?.Text ?? RestartUnknown.En,
            AuditSequence = last?.Sequence ?? 0,
            Millis = last?.Millis ?? 0,
        };
    }

    private static string Device(string text, uint code) => text.Length > 0 ? text : code.ToString(CultureInfo.InvariantCulture);
}
