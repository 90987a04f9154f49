namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>What can be wrong with an audit.</summary>
public enum AuditFault
{
    /// <summary>A line is not as it was written.</summary>
    Changed = 0,

    /// <summary>Lines are missing between others.</summary>
    Removed = 1,

    /// <summary>A line is not of this chain.</summary>
    Inserted = 2,

    /// <summary>A line stands elsewhere than it was written.</summary>
    Swapped = 3,

    /// <summary>The beginning is missing, and no line says that it went to make room.</summary>
    MissingStart = 4,

    /// <summary>The hash that is known to have been the head is not in it: the end was cut off.</summary>
    CutTail = 5,

    /// <summary>An order has no outcome although a later start should have given it one, or has two, or an outcome has no order.</summary>
    Outcomes = 6,
}
