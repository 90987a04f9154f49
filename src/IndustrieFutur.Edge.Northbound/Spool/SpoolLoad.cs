namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What became of the samples that an earlier run left.</summary>
/// <param name="Restored">Back in the spool, to be sent.</param>
/// <param name="Orphans">Samples by signal (<c>device.signal</c>) that today's configuration no longer has; the file is kept aside.</param>
/// <param name="Kept">Of what is restored, how many per signal.</param>
/// <param name="Error">A sentence when the file could not be read; it is kept aside then, too.</param>
public sealed record SpoolLoad(long Restored, IReadOnlyDictionary<string, long> Orphans, IReadOnlyList<long> Kept, string? Error);
