namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>A histogram as it was at one moment: percentiles, sums of several, and the difference between two moments.</summary>
public sealed class HistogramSnapshot
{
    private readonly long[] _counts;

    private HistogramSnapshot(long[] counts, long sumNanos, long longestNanos)
    {
        _counts = counts;
        SumNanos = Math.Max(0, sumNanos);
        LongestNanos = longestNanos;
        foreach (var count in counts)
        {
            Count += count;
        }
    }

    public static HistogramSnapshot Empty { get; } = new(new long[LatencyHistogram.Buckets], 0, 0);

    public long Count { get; }

    public long SumNanos { get; }

    /// <summary>The longest latency; of a difference, to within its bucket.</summary>
    public long LongestNanos { get; }

    public long MeanNanos => Count == 0 ? 0 : SumNanos / Count;

    /// <summary>The latency that a share of all do not exceed (0.99: all but one in a hundred), to within its bucket; 0 when there is none.</summary>
    public long PercentileNanos(double share)
    {
        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Math.Max(1, Count));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(LatencyHistogram.HighestOf(i), LongestNanos);
            }
        }

        return 0;
    }

    /// <summary>How many deadlines of a tick of so many nanoseconds these latencies would have cost: one that lasts three ticks costs three.</summary>
    public long TicksLost(long tickNanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tickNanos);
        var lost = 0L;
        for (var i = LatencyHistogram.IndexOf(tickNanos); i < _counts.Length; i++)
        {
            lost += _counts[i] * (Math.Min(LatencyHistogram.HighestOf(i), LongestNanos) / tickNanos);
        }

        return lost;
    }

    /// <summary>Both together, as if one thread had recorded them.</summary>
    public HistogramSnapshot Plus(HistogramSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = _counts[i] + other._counts[i];
        }

        return new HistogramSnapshot(counts, SumNanos + other.SumNanos, Math.Max(LongestNanos, other.LongestNanos));
    }

    /// <summary>What came after an earlier snapshot. Whoever recorded may have begun anew in between: then all of it did.</summary>
    public HistogramSnapshot Since(HistogramSnapshot earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Count > Count)
        {
            return this;
        }

        var counts = new long[_counts.Length];
        var longest = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Math.Max(0, _counts[i] - earlier._counts[i]);
            longest = counts[i] > 0 ? LatencyHistogram.HighestOf(i) : longest;
        }

        return new HistogramSnapshot(counts, SumNanos - earlier.SumNanos, Math.Min(longest, LongestNanos));
    }

    /// <summary>What a histogram holds now.</summary>
    public static HistogramSnapshot Of(LatencyHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var counts = new long[LatencyHistogram.Buckets];
        histogram.CopyTo(counts, out var sum, out var longest);
        return new HistogramSnapshot(counts, sum, longest);
    }
}
