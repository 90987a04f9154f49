using IndustrieFutur.Edge.Core.Ledger;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>Numbers of a stream that will never come.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Cause">Why.</param>
public sealed record SpooledGap(ulong From, ulong To, DropCause Cause)
{
    public ulong Count => To - From + 1;
}
