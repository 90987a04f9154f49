namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>What is not as the ledger has it.</summary>
internal enum FindingKind
{
    /// <summary>For a person to know; nothing is wrong.</summary>
    Note,

    /// <summary>The sums of a signal do not hold.</summary>
    Unbalanced,

    /// <summary>The spool's files lack samples that no gap tells of yet.</summary>
    Damaged,

    /// <summary>A store has fewer samples than were confirmed.</summary>
    Lost,

    /// <summary>A store has more samples than were ever given to it.</summary>
    Doubled,

    /// <summary>Dropped samples and gap rows do not agree.</summary>
    Gaps,

    /// <summary>A store's own record is behind what it confirmed.</summary>
    SetBack,

    /// <summary>A store could not be asked.</summary>
    Unreachable,
}
