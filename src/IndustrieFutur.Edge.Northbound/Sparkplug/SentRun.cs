using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>Samples that were published, and when: nobody acknowledges them.</summary>
internal readonly record struct SentRun(SequenceRange Range, long SentMonoNanos);
