using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What an earlier run left on the disk.</summary>
/// <param name="Restored">Samples that are pending still.</param>
/// <param name="Kept">Of these, how many per signal.</param>
/// <param name="Orphans">Samples by signal (<c>device.signal</c>) that today's configuration no longer has; a gap is sent in their place.</param>
/// <param name="LostNumbers">Numbers that damage took; gap records speak of them.</param>
/// <param name="Position">Where in the output ring the last commit ended.</param>
/// <param name="IsNewNumbering">The machine went down and the newest samples may be missing: numbers must not be given twice.</param>
/// <param name="Words">What a person should know, one sentence each; none when all is well.</param>
public sealed record SpoolOpening(
    long Restored,
    IReadOnlyList<long> Kept,
    IReadOnlyDictionary<string, long> Orphans,
    ulong LostNumbers,
    RingPosition Position,
    bool IsNewNumbering,
    IReadOnlyList<string> Words)
{
    /// <summary>Samples (signal, source time) that the log has from behind <see cref="Position"/>: whoever reads the ring again passes over them.</summary>
    public IReadOnlySet<(int Signal, long SourceUtcNanos)> Ahead { get; init; } = new HashSet<(int, long)>();

    /// <summary>Samples that rings had refused by the last commit.</summary>
    public long Refused { get; init; }

    /// <summary>The log held nothing at all: this is its first run.</summary>
    public bool IsEmpty { get; init; }
}
