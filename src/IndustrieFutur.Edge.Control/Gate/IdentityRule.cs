namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Somebody known asks, with a role that may ask at all.</summary>
internal sealed class IdentityRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) => question.Role switch
    {
        null => new Refusal(
            "identity",
            "Utilisateur inconnu : la commande est refusée. Connectez-vous, ou demandez un compte à l'administrateur.",
            "Nobody knows this user: the command is refused. Log in, or ask the administrator for an account."),
        Role.Observer => new Refusal(
            "identity",
            "Un observateur ne commande pas : la commande est refusée. Demandez à un opérateur.",
            "An observer gives no commands: it is refused. Ask an operator."),
        _ => null,
    };
}
