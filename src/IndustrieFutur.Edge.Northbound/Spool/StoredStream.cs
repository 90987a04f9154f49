namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>One stream as a spool's folder has it.</summary>
/// <param name="Name">The device.</param>
/// <param name="Epoch">Of its numbering, in hexadecimal.</param>
/// <param name="Next">The number that the next sample will get.</param>
/// <param name="Pending">Samples that not every historian has confirmed.</param>
/// <param name="Kept">Samples that are there, those which everybody has included: their segment has not gone yet.</param>
/// <param name="Dropped">Numbers that gaps speak of, which not everybody has heard of.</param>
/// <param name="OldestUtcNanos">Source time of the oldest pending sample; 0: none is pending.</param>
public sealed record StoredStream(string Name, string Epoch, ulong Next, ulong Pending, ulong Kept, ulong Dropped, long OldestUtcNanos);
