namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a run of Modbus round trips came to.</summary>
/// <param name="PerSecond">Round trips a second, from the first request to the last answer.</param>
/// <param name="MedianNanos">Of one trip, from its request to its answer.</param>
/// <param name="Bytes">Allocated by the thread that made them; 0 where no thread of ours did.</param>
internal readonly record struct RoundtripReading(double PerSecond, double MedianNanos, long Bytes);
