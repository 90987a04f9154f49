using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>Numbers that will never come, as the edge says, on their way into a store's list of gaps.</summary>
/// <param name="Cause">The number of Core's <c>DropCause</c>.</param>
/// <param name="NoticedUtcNanos">When the historian heard of it.</param>
internal readonly record struct StoreGap(StreamState Stream, SequenceRange Range, byte Cause, long NoticedUtcNanos);
