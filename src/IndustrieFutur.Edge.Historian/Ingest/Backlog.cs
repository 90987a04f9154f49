namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>Samples and gaps that wait to be written, in the order in which they came.</summary>
internal sealed class Backlog(HistorianOptions options, TimeProvider clock)
{
    /// <summary>Gap records in one write, beside the samples.</summary>
    private const int GapsPerBatch = 1_000;

    private readonly Queue<StoreSample> _samples = new();
    private readonly Queue<StoreGap> _gaps = new();
    private long _since;

    public int Count => _samples.Count + _gaps.Count;

    public void Add(in StoreSample sample)
    {
        Begin();
        _samples.Enqueue(sample);
    }

    public void Add(in StoreGap gap)
    {
        Begin();
        _gaps.Enqueue(gap);
    }

    /// <summary>There is a whole batch, or somebody waits, or the first has waited for company long enough.</summary>
    public bool IsDue(bool flush) =>
        Count > 0 && (flush || _samples.Count >= options.BatchMax || clock.GetElapsedTime(_since) >= options.BatchEvery);

    public StoreBatch Cut()
    {
        var samples = new StoreSample[Math.Min(_samples.Count, options.BatchMax)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = _samples.Dequeue();
        }

        var gaps = new StoreGap[Math.Min(_gaps.Count, GapsPerBatch)];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = _gaps.Dequeue();
        }

        return new StoreBatch(samples, gaps);
    }

    private void Begin()
    {
        if (Count == 0)
        {
            _since = clock.GetTimestamp();
        }
    }
}
