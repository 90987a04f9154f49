namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>Numbers that were dropped before every historian had them, and why. Sent in the samples' place until all have heard of it.</summary>
internal sealed class GapRecord(ulong from, ulong to, byte cause)
{
    public ulong From { get; } = from;

    public ulong To { get; set; } = to;

    public byte Cause { get; } = cause;

    /// <summary>Sent as far as this number; below <see cref="To"/>: to be sent.</summary>
    public ulong SentTo { get; set; }
}
