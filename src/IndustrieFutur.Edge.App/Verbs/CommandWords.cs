namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>The outcomes of commands for people, and for the script that called.</summary>
internal static class CommandWords
{
    public static string Of(string? outcome) => outcome switch
    {
        "confirmed" => "EFFET CONSTATÉ / CONFIRMED",
        "rejected" => "REJETÉ PAR L'APPAREIL / REJECTED BY THE DEVICE",
        "unknown" => "ISSUE INCONNUE, vérifier sur place / UNKNOWN, look at the machine",
        "prepared" => "PRÉPARÉ / PREPARED",
        _ => "REFUSÉ / REFUSED",
    };

    public static int CodeOf(string? outcome, string? code) => outcome switch
    {
        "confirmed" => ExitCode.Done,
        "rejected" or "unknown" => ExitCode.FoundProblems,
        _ => code == "identity" ? ExitCode.Refused : ExitCode.RefusedByRule,
    };
}
