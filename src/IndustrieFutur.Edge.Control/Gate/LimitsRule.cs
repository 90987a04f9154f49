namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The values are those that were declared, within their limits.</summary>
internal sealed class LimitsRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) => question.Limits;
}
