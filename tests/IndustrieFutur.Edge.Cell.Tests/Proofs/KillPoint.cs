namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>How far a command had come when the service was killed, by what the audit and the machine have.</summary>
internal enum KillPoint
{
    /// <summary>Nothing of it was decided.</summary>
    BeforeOrder,

    /// <summary>Its order was on the disk and not yet at the machine.</summary>
    BeforeWrite,

    /// <summary>The machine had it and the audit no outcome.</summary>
    BeforeOutcome,

    /// <summary>It had its outcome.</summary>
    AfterOutcome,
}
