using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>A second reader of what the spool accepts. Called on the spool's thread: it keeps what it wants, and neither waits nor throws.</summary>
public interface ISampleTap
{
    /// <summary>Samples in the order of the ring, whose texts are valid during the call only.</summary>
    void Take(ReadOnlySpan<Sample> run, SampleRing ring);
}
