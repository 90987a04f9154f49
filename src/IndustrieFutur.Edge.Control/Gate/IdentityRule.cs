namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>A known user whose role gives commands.</summary>
internal sealed class IdentityRule : IGateRule
{
    public const string Word = "identity";

    public Refusal? Ask(GateQuestion question) => question switch
    {
        { Request.Who.Name: "" } => new Refusal(Word, "Personne n'est identifié : se connecter d'abord.", "Nobody is identified: log in first."),
        { Role: null } => new Refusal(
            Word,
            $"L'utilisateur « {question.Request.Who.Name} » n'est pas connu ici ; l'ajouter : ifedge user add.",
            $"The user \"{question.Request.Who.Name}\" is not known here; add him: ifedge user add."),
        { Role: < Role.Operator } => new Refusal(Word, "Un observateur regarde et ne commande pas.", "An observer looks and gives no commands."),
        _ => null,
    };
}
