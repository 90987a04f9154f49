namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Commands are on.</summary>
internal sealed class SwitchRule : IGateRule
{
    public const string Word = "switch";

    public Refusal? Ask(GateQuestion question) => question.Off;
}
