using IndustrieFutur.Edge.Core.Ledger;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>One signal's ledger as a spool's folder has it, set against the samples that are really there.</summary>
/// <param name="Device">Its device: the stream.</param>
/// <param name="Signal">Its id in the device.</param>
/// <param name="Entry">The counters. What was in memory only at the last commit is on the way (in rings), as what lay in rings is.</param>
/// <param name="Held">Pending samples that are on the disk; the others were sent and dropped, undecided, or are damaged.</param>
/// <param name="CutUtcNanos">
/// Samples with an earlier source time are settled, and no others: exactly those are to be in a store. Null: the log has no sample of the
/// signal any more, all are settled.
/// </param>
public sealed record SpooledSignal(string Device, string Signal, LedgerEntry Entry, long Held, long? CutUtcNanos);
