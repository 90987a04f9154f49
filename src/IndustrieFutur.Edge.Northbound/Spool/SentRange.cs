namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What one message carries: samples or a gap, by sequence number.</summary>
internal readonly record struct SentRange(ulong First, ulong Last, bool IsGap)
{
    public bool IsNothing => Last == 0;
}
