using System.Globalization;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The request is neither too old nor for a time that nobody oversees.</summary>
internal sealed class ExpiryRule : IGateRule
{
    public const long LongestMillis = 30_000;

    public Refusal? Ask(GateQuestion question)
    {
        var expires = question.Request.ExpiresUtcMillis;
        if (expires == 0)
        {
            return null;
        }

        // Compared without a difference first: what somebody wrote may overflow it.
        if (expires <= question.UtcMillis)
        {
            var late = Seconds(question.UtcMillis, expires);
            return new Refusal(
                "expiry",
                $"La demande a expiré il y a {late} s : elle est refusée. Renouvelez-la ; si elle est récente, l'horloge de l'émetteur est en retard.",
                $"The request expired {late} s ago: it is refused. Ask again; if it is recent, the sender's clock is behind.");
        }

        if (expires > question.UtcMillis + LongestMillis)
        {
            var ahead = Seconds(expires, question.UtcMillis);
            return new Refusal(
                "expiry",
                $"La demande n'expire que dans {ahead} s, au plus 30 s sont permises : refus. Donnez moins ; sinon l'horloge de l'émetteur avance.",
                $"The request expires only in {ahead} s, 30 s at most are allowed: it is refused. Say less; else the sender's clock is ahead.");
        }

        return null;
    }

    private static string Seconds(long later, long earlier) => (((double)later - earlier) / 1000).ToString("0.0", CultureInfo.InvariantCulture);
}
