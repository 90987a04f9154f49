namespace IndustrieFutur.Edge.Historian;

/// <summary>Numbers of a stream that never came, as the embedded store has them.</summary>
/// <param name="Epoch">The numbering: 16 hexadecimal digits.</param>
/// <param name="Cause">The number of Core's <c>DropCause</c>.</param>
/// <param name="NoticedUtcNanos">When the historian heard of it.</param>
public sealed record StoredGap(string Cell, string Device, string Epoch, ulong First, ulong Last, byte Cause, long NoticedUtcNanos);
