using IndustrieFutur.Edge.Historian.Ingest;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// Gives each sample of a series a millisecond of its own, for a store that knows no finer time and would keep one of two: a late read
/// and the next one in time can share one. It moves to the next free one, which is within the store's grain.
/// </summary>
internal sealed class MilliGrain
{
    /// <summary>
    /// What a device kept while nobody read comes at once, with times within one millisecond: sixteen were seen. Twenty are room for them;
    /// further a time would be falsified rather than rounded: such a signal is too fast for the store.
    /// </summary>
    public const long MovedMillisMax = 20;

    private const long NanosPerMilli = 1_000_000;

    private readonly Dictionary<Series, (Place Latest, Place Replayed)> _places = [];

    /// <summary>
    /// The sample with the time at which the store is to have it; false when there is none near enough. Taken by value: who writes the
    /// result back over the sample must not change the time that the next one is compared with.
    /// </summary>
    public bool TryPlace(StoreSample sample, out StoreSample placed)
    {
        var natural = sample.SourceUtcNanos / NanosPerMilli;
        var (latest, replayed) = _places.GetValueOrDefault(sample.Series!);

        // One that is older than what was had comes from a replay, which is a sequence of its own and may come between what is live.
        var isReplay = sample.SourceUtcNanos <= latest.SourceUtcNanos;
        var before = isReplay ? replayed : latest;
        var millis = sample.SourceUtcNanos > before.SourceUtcNanos ? Math.Max(natural, before.Millis + 1) : natural;
        placed = millis == natural ? sample : sample with { SourceUtcNanos = millis * NanosPerMilli };
        if (millis - natural > MovedMillisMax)
        {
            return false;
        }

        var place = new Place(sample.SourceUtcNanos, millis);
        _places[sample.Series!] = isReplay ? (latest, place) : (place, replayed);
        return true;
    }

    /// <summary>Where a sample's time was put.</summary>
    private readonly record struct Place(long SourceUtcNanos, long Millis);
}
