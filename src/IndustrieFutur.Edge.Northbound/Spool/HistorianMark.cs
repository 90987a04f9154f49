using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What one awaited historian has of one stream, as it last said.</summary>
internal sealed class HistorianMark
{
    /// <summary>Everything up to here is done.</summary>
    public ulong UpTo { get; set; }

    /// <summary>Stored beyond <see cref="UpTo"/>.</summary>
    public SequenceSet Ranges { get; } = new();

    /// <summary>Refused for ever by its store, with the cause.</summary>
    public IReadOnlyList<RefusedRange> Refused { get; set; } = [];

    public bool Has(ulong number) => number <= UpTo || Ranges.Contains(number);

    /// <summary>The cause when the store refuses this number; 0: it does not.</summary>
    public byte CauseOf(ulong number)
    {
        for (var i = 0; i < Refused.Count; i++)
        {
            if (number >= Refused[i].First && number <= Refused[i].Last)
            {
                return Refused[i].Cause;
            }
        }

        return 0;
    }
}
