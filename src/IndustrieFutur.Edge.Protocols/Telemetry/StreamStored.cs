namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>The watermark of one stream.</summary>
/// <param name="Stream">The device's id.</param>
/// <param name="Epoch">The numbering it speaks of: 16 hexadecimal digits.</param>
/// <param name="UpTo">Everything up to and including this number is stored, refused or known to be dropped; 0: nothing.</param>
/// <param name="Ranges">Stored beyond <paramref name="UpTo"/>; a bounded list, lowest first.</param>
/// <param name="Refused">What the store refuses for ever, until the edge's oldest has passed it. Counts as done for <paramref name="UpTo"/>.</param>
public sealed record StreamStored(
    string Stream, string Epoch, ulong UpTo, IReadOnlyList<SequenceRange> Ranges, IReadOnlyList<RefusedRange> Refused);
