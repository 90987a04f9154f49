using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What one awaited historian has of one stream, as it last said.</summary>
internal sealed class HistorianMark
{
    /// <summary>Everything up to here is done.</summary>
    public ulong UpTo { get; set; }

    /// <summary>Stored beyond <see cref="UpTo"/>.</summary>
    public SequenceSet Ranges { get; } = new();

    /// <summary>Refused for ever by its store, with the cause; lowest first.</summary>
    public RefusedRange[] Refused { get; set; } = [];

    public bool Has(ulong number) => number <= UpTo || Ranges.Contains(number);

    /// <summary>All of a range is stored, beyond <see cref="UpTo"/> or not.</summary>
    public bool HasAll(SequenceRange range) =>
        range.Last <= UpTo || !Ranges.Missing(new SequenceRange(Math.Max(range.First, UpTo + 1), range.Last)).Any();

    /// <summary>The cause when the store refuses this number; 0: it does not.</summary>
    public byte CauseOf(ulong number)
    {
        var low = 0;
        var high = Refused.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Refused[middle].Last < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < Refused.Length && number >= Refused[low].First ? Refused[low].Cause : (byte)0;
    }

    /// <summary>Takes out of <paramref name="known"/> what of a range is not stored.</summary>
    public void RemoveMissing(SequenceRange range, SequenceSet known)
    {
        if (range.Last <= UpTo)
        {
            return;
        }

        foreach (var missing in Ranges.Missing(new SequenceRange(Math.Max(range.First, UpTo + 1), range.Last)))
        {
            known.Remove(missing);
        }
    }
}
