using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>What became of a run of numbers: stored (or known never to come), or refused for a cause.</summary>
/// <param name="Cause">Core's <c>DropCause</c> when the store refuses them; 0: done.</param>
internal readonly record struct Fate(StreamState Stream, SequenceRange Range, byte Cause);
