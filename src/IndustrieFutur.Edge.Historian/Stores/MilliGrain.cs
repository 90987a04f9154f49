using IndustrieFutur.Edge.Historian.Ingest;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// Gives each sample of a series a millisecond of its own, for a store that knows no finer time and would keep one of two: a late read
/// and the next one in time can share one. It moves to the next free one, which is within the store's grain.
/// </summary>
internal sealed class MilliGrain
{
    /// <summary>Further than this a time would be falsified rather than rounded: such a signal is too fast for the store.</summary>
    private const long MovedMillisMax = 5;

    private const long NanosPerMilli = 1_000_000;

    private readonly Dictionary<Series, (long SourceUtcNanos, long Millis)> _last = [];

    /// <summary>
    /// The sample with the time at which the store is to have it; false when there is none near enough. Taken by value: who writes the
    /// result back over the sample must not change the time that the next one is compared with.
    /// </summary>
    public bool TryPlace(StoreSample sample, out StoreSample placed)
    {
        var natural = sample.SourceUtcNanos / NanosPerMilli;
        var millis = natural;

        // One that is older than its predecessor comes from a replay, which is a sequence of its own.
        if (_last.TryGetValue(sample.Series!, out var last) && sample.SourceUtcNanos > last.SourceUtcNanos && natural <= last.Millis)
        {
            millis = last.Millis + 1;
        }

        placed = millis == natural ? sample : sample with { SourceUtcNanos = millis * NanosPerMilli };
        if (millis - natural > MovedMillisMax)
        {
            return false;
        }

        _last[sample.Series!] = (sample.SourceUtcNanos, millis);
        return true;
    }
}
