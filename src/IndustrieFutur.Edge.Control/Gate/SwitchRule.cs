namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Commands are on.</summary>
internal sealed class SwitchRule : IGateRule
{
    public Refusal? Ask(GateQuestion question) => question.Off;
}
