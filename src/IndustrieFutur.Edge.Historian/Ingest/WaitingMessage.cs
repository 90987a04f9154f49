using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>Telemetry under a plan that was not described yet. Its numbers are held meanwhile, so that nobody asks for them.</summary>
internal sealed record WaitingMessage(
    Received Message, StreamState Stream, IReadOnlyList<SequenceRange> Held, ulong PlanHash, int Samples, long Since);
