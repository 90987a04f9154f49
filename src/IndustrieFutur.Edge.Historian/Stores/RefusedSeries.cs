using IndustrieFutur.Edge.Historian.Ingest;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// Series of which a store has refused lines lately. Their next lines are sent apart, so that good lines are not searched for them;
/// they are sent all the same, because a store refuses by its shard and may take them again at any time.
/// </summary>
internal sealed class RefusedSeries(TimeProvider clock)
{
    /// <summary>Far more than one cell's faulty signals; series beyond are looked for in halves, as without.</summary>
    private const int SeriesMax = 1_000;

    /// <summary>Each refusal renews it: a fault that lasts is searched for once, one that is mended is soon forgotten.</summary>
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(5);

    // A Bad sample writes other fields than a good one.
    private readonly Dictionary<(Series Series, bool IsBad), long> _since = [];

    public bool Has(StoreSample sample) =>
        _since.Count > 0 && _since.TryGetValue((sample.Series!, sample.IsBad), out var since) && clock.GetElapsedTime(since) < RememberFor;

    public void Add(in StoreSample sample)
    {
        var key = (sample.Series!, sample.IsBad);
        if (_since.Count >= SeriesMax && !_since.ContainsKey(key))
        {
            Forget();
        }

        if (_since.Count < SeriesMax || _since.ContainsKey(key))
        {
            _since[key] = clock.GetTimestamp();
        }
    }

    private void Forget()
    {
        foreach (var (key, since) in _since)
        {
            if (clock.GetElapsedTime(since) >= RememberFor)
            {
                _since.Remove(key);
            }
        }
    }
}
