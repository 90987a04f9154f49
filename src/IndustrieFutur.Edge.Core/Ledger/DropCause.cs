namespace IndustrieFutur.Edge.Core.Ledger;

/// <summary>Why samples that were spooled will never be stored. Numbers travel in gap records: never renumber.</summary>
public enum DropCause : byte
{
    /// <summary>The spool was full: the oldest made room.</summary>
    SpoolFull = 1,

    /// <summary>The store refuses the value for ever (a type conflict, a malformed line).</summary>
    StoreRefused = 2,

    /// <summary>The store cannot hold this kind of value (text in VictoriaMetrics).</summary>
    NotStorable = 3,

    /// <summary>The signal is no longer in the plan.</summary>
    PlanChanged = 4,

    /// <summary>Freed before this historian was known, or lost before it asked.</summary>
    NotOffered = 5,

    /// <summary>The spool's disk gave back something else than was written.</summary>
    Damaged = 6,
}
