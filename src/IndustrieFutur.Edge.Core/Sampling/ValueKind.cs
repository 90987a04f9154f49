namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>How the 64 bits of a sample are to be read. Fixed by the plan, for ever.</summary>
public enum ValueKind : byte
{
    Float64 = 0,
    Int64 = 1,
    UInt64 = 2,
    Boolean = 3,
    Text = 4,
}
