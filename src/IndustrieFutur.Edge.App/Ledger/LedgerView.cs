using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>The ledger as it could be had: from a service that runs, or from the data folder of one that does not answer.</summary>
internal sealed class LedgerView
{
    /// <summary>The running service's counters; else those of the last commit.</summary>
    public required IReadOnlyList<LedgerLine> Lines { get; init; }

    /// <summary>What the folder has, of one moment; null: there is no spool on the disk that could be read.</summary>
    public required LedgerInspection? Folder { get; init; }

    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>True: a service answered, and <see cref="Lines"/> are its own.</summary>
    public required bool IsLive { get; init; }

    /// <summary>No service answered, and yet one works with the folder.</summary>
    public bool IsInUse { get; init; }

    /// <summary>By stream, numbers that a broker has; only a running service knows.</summary>
    public IReadOnlyDictionary<string, long> Sent { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<SpooledStream> Streams => Folder?.Streams ?? [];

    public LedgerEntry Total => Lines.Aggregate(default(LedgerEntry), (sum, line) => sum + line.Entry);
}
