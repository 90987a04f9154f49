namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Where a refusal must stand in the audit.</summary>
internal enum GuardTrace
{
    /// <summary>A line of its own: the gate refused.</summary>
    Refused,

    /// <summary>The outcome of an order: the driver refused, just before it wrote.</summary>
    Outcome,

    /// <summary>What a person did that is no command.</summary>
    Act,

    /// <summary>Nowhere: it came to no gate, or there is no disk to write on.</summary>
    None,
}
