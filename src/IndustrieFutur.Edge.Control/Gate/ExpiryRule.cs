namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The request is still meant, and not meant for much later.</summary>
internal sealed class ExpiryRule : IGateRule
{
    public const string Word = "expiry";

    /// <summary>CONTRACTS, section 10: at most 30 s.</summary>
    public const long LongestMillis = 30_000;

    /// <summary>Two clocks of one plant differ by some of these.</summary>
    private const long ClockMillis = 1_000;

    public Refusal? Ask(GateQuestion question)
    {
        var left = question.Request.ExpiresUtcMillis - question.NowUtcMillis;
        if (question.Request.ExpiresUtcMillis == 0 || (left > 0 && left <= LongestMillis + ClockMillis))
        {
            return null;
        }

        return left <= 0
            ? new Refusal(
                Word,
                $"La demande a expiré il y a {-left} ms ; la refaire, ou comparer les horloges.",
                $"The request expired {-left} ms ago; make it again, or compare the clocks.")
            : new Refusal(
                Word,
                $"La demande vaudrait encore {left} ms, plus que les {LongestMillis} permises ; raccourcir, ou comparer les horloges.",
                $"The request would hold for {left} ms, more than the {LongestMillis} allowed; shorten it, or compare the clocks.");
    }
}
