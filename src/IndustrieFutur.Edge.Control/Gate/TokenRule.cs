namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What is executed is what was prepared: same user, same door, same values, in a cell that is in the same state.</summary>
internal sealed class TokenRule : IGateRule
{
    public const string Word = "token";

    public Refusal? Ask(GateQuestion question)
    {
        if (question.Request.Step != RequestStep.Execute)
        {
            return null;
        }

        var (request, prepared) = (question.Request, question.Prepared);
        if (prepared is null || prepared.User != request.Who.Name || prepared.Door != request.Who.Door || prepared.Command != question.Command!.Index || prepared.Values != RequestContent.ValuesOf(request))
        {
            return new Refusal(
                Word,
                "Rien n'est préparé sous ce jeton, ou il a expiré, ou déjà servi, ou c'était autre chose : préparer à nouveau.",
                "Nothing is prepared under this token, or it is over, or was used, or it was something else: prepare again.");
        }

        if (prepared.Generation != question.Generation)
        {
            return new Refusal(Word, "La liaison a été perdue depuis la préparation : préparer à nouveau.", "The link was lost since it was prepared: prepare again.");
        }

        return prepared.Safety == question.Safety || question.Command!.IsStop
            ? null
            : new Refusal(Word, "L'état de sécurité a changé depuis la préparation : vérifier la cellule, préparer à nouveau.", "The safety state has changed since it was prepared: look at the cell, prepare again.");
    }
}
