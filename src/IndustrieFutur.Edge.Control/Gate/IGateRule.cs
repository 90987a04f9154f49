namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>One thing that must hold before an order leaves. It only looks; it changes nothing.</summary>
internal interface IGateRule
{
    /// <summary>Null: it holds.</summary>
    Refusal? Ask(GateQuestion question);
}
