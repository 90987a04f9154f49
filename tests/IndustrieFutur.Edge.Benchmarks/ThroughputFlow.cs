namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What one run from the ring to the watermark brought.</summary>
/// <param name="PerSecond">Samples a second that were asked of the feed.</param>
/// <param name="First">After warming up.</param>
/// <param name="Last">At the end of the measured time.</param>
/// <param name="End">When the feed had stopped and the last watermark had come.</param>
/// <param name="Pending">The most that was in the spool at once.</param>
/// <param name="Received">Samples in the messages that the subscriber got.</param>
internal sealed record ThroughputFlow(int PerSecond, ThroughputReading First, ThroughputReading Last, ThroughputCount End, long Pending, long Received);
