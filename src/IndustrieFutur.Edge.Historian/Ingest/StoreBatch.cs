using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>What is given to a store at once: samples and gaps, and which of the samples are refused for ever.</summary>
internal sealed class StoreBatch
{
    private readonly byte[] _causes;

    public StoreBatch(StoreSample[] samples, StoreGap[] gaps)
    {
        Samples = samples;
        Gaps = gaps;
        _causes = new byte[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            if (!IsStorable(samples[i]))
            {
                Refuse(i, DropCause.StoreRefused, "its value is no number, or its signal is not what the plan says.");
            }
        }
    }

    public StoreSample[] Samples { get; }

    public StoreGap[] Gaps { get; }

    public int RefusedCount { get; private set; }

    /// <summary>Index of the sample that was refused first; meaningless when none was.</summary>
    public int RefusedFirst { get; private set; }

    public string RefusedReason { get; private set; } = "";

    public bool IsRefused(int index) => _causes[index] != 0;

    /// <summary>The store will never take this sample. Said twice it counts once.</summary>
    public void Refuse(int index, DropCause cause, string reason)
    {
        if (_causes[index] != 0)
        {
            return;
        }

        if (RefusedCount++ == 0)
        {
            RefusedFirst = index;
            RefusedReason = reason;
        }

        _causes[index] = (byte)cause;
    }

    /// <summary>What becomes of all its numbers once the store has the batch, neighbours of the same fate together.</summary>
    public List<Fate> Fates()
    {
        var fates = new List<Fate>();
        for (var i = 0; i < Samples.Length; i++)
        {
            var (stream, number) = (Samples[i].Stream, Samples[i].Number);
            if (fates.Count > 0 && fates[^1] is var last && last.Stream == stream && last.Cause == _causes[i] && last.Range.Last + 1 == number)
            {
                fates[^1] = last with { Range = last.Range with { Last = number } };
                continue;
            }

            fates.Add(new Fate(stream, new SequenceRange(number, number), _causes[i]));
        }

        foreach (var gap in Gaps)
        {
            // Told like a refusal: of a number that comes in a gap and was stored before, the edge learns that it is stored.
            fates.Add(new Fate(gap.Stream, gap.Range, gap.Cause));
        }

        return fates;
    }

    private static bool IsStorable(in StoreSample sample) =>
        sample.Series is { } series
        && (sample.IsBad || series.Kind != TelemetryKind.Float64 || double.IsFinite(BitConverter.Int64BitsToDouble(sample.Bits)));
}
