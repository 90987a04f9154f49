namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>One rule of the gate: it looks at a question, changes nothing, and says why not, or null.</summary>
internal interface IGateRule
{
    Refusal? Ask(GateQuestion question);
}
