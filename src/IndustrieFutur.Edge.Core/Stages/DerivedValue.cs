namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>A value that a derived signal has come to.</summary>
/// <param name="bits">By the signal's kind.</param>
/// <param name="status">Its quality.</param>
/// <param name="source">The newest time of what it was made of.</param>
/// <param name="arrival">When the edge had that in hand.</param>
internal readonly struct DerivedValue(long bits, uint status, long source, long arrival)
{
    public readonly long Bits = bits;
    public readonly uint Status = status;
    public readonly long Source = source;
    public readonly long Arrival = arrival;
}
