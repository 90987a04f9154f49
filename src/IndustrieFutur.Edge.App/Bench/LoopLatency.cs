using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>How late one loop woke up over all rounds of a bench, with the machine idle or loaded.</summary>
/// <param name="Loop">Which one.</param>
/// <param name="Loaded">While the bench kept every CPU busy.</param>
/// <param name="Histogram">All rounds together.</param>
/// <param name="P99Ratio">The median of the rounds' p99 over that of cyclictest in the same round; null without cyclictest.</param>
internal sealed record LoopLatency(BenchLoop Loop, bool Loaded, HistogramSnapshot Histogram, double? P99Ratio);
