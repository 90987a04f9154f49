namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>How a condition on live values stands. Only the first lets anything through.</summary>
public enum ConditionState
{
    Holds,

    /// <summary>All its values are Good and fresh, and it is false.</summary>
    Fails,

    /// <summary>A value is not Good, or was never there.</summary>
    NotGood,

    /// <summary>A value is Good and too old to be believed: its link is silent, or the sampling loop stands still.</summary>
    NotFresh,
}
