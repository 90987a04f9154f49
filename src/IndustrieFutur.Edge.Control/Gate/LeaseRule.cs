namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What sets in motion is given only by who answers for the cell at this time.</summary>
internal sealed class LeaseRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) =>
        question.Command!.NeedsLease && (question.LeaseHolder.Length == 0 || question.LeaseHolder != question.Request.Who.Name)
            ? new Refusal(
                "lease",
                $"Cette commande demande la prise de main, que vous n'avez pas{(question.LeaseHolder.Length > 0 ? $" ({question.LeaseHolder} l'a)" : "")} : elle est refusée. Prenez la main sur la cellule même (ifedge commands lease).",
                $"This command needs the lease, which you do not have{(question.LeaseHolder.Length > 0 ? $" ({question.LeaseHolder} has it)" : "")}: it is refused. Take it at the cell itself (ifedge commands lease).")
            : null;
}
