namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>One stream's numbering as a spool's folder has it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Epoch">Of its numbering, in hexadecimal.</param>
/// <param name="Oldest">Below this number everything is settled: stored by all that are awaited, or dropped.</param>
/// <param name="Next">The number that the next sample will get.</param>
/// <param name="Damaged">Numbers that should be there and are not, and that no gap speaks of yet.</param>
/// <param name="Gaps">Numbers that will never come, of which not everybody has heard yet.</param>
/// <param name="Shared">Of so many samples, some stored and others not, nobody knows whose they were: the signals' counters may be off by them, the stream's are not.</param>
public sealed record SpooledStream(string Device, string Epoch, ulong Oldest, ulong Next, ulong Damaged, IReadOnlyList<SpooledGap> Gaps, ulong Shared);
