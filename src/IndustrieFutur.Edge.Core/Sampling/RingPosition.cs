namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>A place in a ring: everything before it has been read.</summary>
/// <param name="Sample">The cursor of the samples.</param>
/// <param name="Text">The cursor of the texts.</param>
public readonly record struct RingPosition(ulong Sample, ulong Text);
