namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What is executed is what was prepared: by the same user from the same place, with the same values, in the same state of the cell.</summary>
internal sealed class TokenRule : IGateRule
{
    public Refusal? Ask(GateQuestion question)
    {
        var request = question.Request;
        if (request.Step != RequestStep.Execute)
        {
            return null;
        }

        if (question.Prepared is not { } prepared)
        {
            return Refuse("le jeton n'est pas ou plus valable (10 s, ou l'état de sécurité a changé)", "the token is void or never was (10 s have passed, or the safety state has changed)");
        }

        if (prepared.Who.Name != request.Who.Name || prepared.Who.Station != request.Who.Station || prepared.Who.Door != request.Who.Door)
        {
            return Refuse("un autre utilisateur ou poste l'a préparée", "another user or station prepared it");
        }

        // Values that are not said again are those of the token.
        if (prepared.Command != question.Command!.Index || (request.Values.Count > 0 && !IsSame(prepared.Said, request.Values)))
        {
            return Refuse("la commande ou ses valeurs ont changé", "the command or its values are others");
        }

        if (prepared.Generation != question.Generation)
        {
            return Refuse("la liaison a été rétablie entre-temps", "the link was opened anew since");
        }

        return prepared.Safety == question.Safety || question.Command.IsStop ? null : Refuse("l'état de sécurité a changé", "the safety state has changed");
    }

    private static bool IsSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static Refusal Refuse(string fr, string en) =>
        new("token", $"Exécution refusée : {fr}. Préparez la commande à nouveau.", $"The execution is refused: {en}. Prepare the command again.");
}
