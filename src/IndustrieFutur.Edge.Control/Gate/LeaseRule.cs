namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>One named operator at the cell answers for it, and it is he who commands.</summary>
internal sealed class LeaseRule : IGateRule
{
    public const string Word = "lease";

    public Refusal? Ask(GateQuestion question) => !question.Command!.NeedsLease || question.LeaseHolder == question.Request.Who.Name
        ? null
        : question.LeaseHolder.Length == 0
            ? new Refusal(
                Word,
                "Personne n'a pris la main sur la cellule ; la prendre sur place : ifedge commands lease.",
                "Nobody has the lease of the cell; take it there: ifedge commands lease.")
            : new Refusal(
                Word,
                $"« {question.LeaseHolder} » a la main sur la cellule ; attendre qu'il la rende.",
                $"\"{question.LeaseHolder}\" has the lease of the cell; wait until it is given back.");
}
