namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>How much goes into a message, how long it may wait for that, and how fast what was missed follows.</summary>
internal readonly record struct SparkplugTerms(int BatchMax, long BatchEveryNanos, int HistoryRate);
