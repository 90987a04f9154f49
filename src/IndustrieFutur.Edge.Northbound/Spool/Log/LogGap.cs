namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>Numbers of a stream that will never come, and why (a <see cref="Core.Ledger.DropCause"/>).</summary>
internal readonly record struct LogGap(ulong Epoch, ulong From, ulong To, byte Cause);
