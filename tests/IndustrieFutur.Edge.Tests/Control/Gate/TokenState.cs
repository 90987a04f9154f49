namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>What has become of a token until it is used.</summary>
internal enum TokenState
{
    Good,

    /// <summary>There is none: without the lease nothing was prepared.</summary>
    NoLease,

    Invented,

    /// <summary>Somebody else prepared it.</summary>
    Others,

    /// <summary>For other values.</summary>
    OtherValues,

    Late,

    SafetyChanged,

    LinkReopened,

    LeaseLost,
}
