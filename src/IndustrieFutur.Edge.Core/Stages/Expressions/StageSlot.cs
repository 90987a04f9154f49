namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>What one step of an expression remembers between two evaluations.</summary>
internal struct StageSlot
{
    public double Value;
    public uint Status;
    public bool IsSet;
}
