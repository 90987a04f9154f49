namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>Why a driver sent nothing.</summary>
public enum OrderCause
{
    None = 0,

    /// <summary>Its time was over when the driver came to it.</summary>
    Expired = 1,

    /// <summary>The link is not the one that it was given for: it was lost in between, and an order never crosses a reconnect.</summary>
    LinkLost = 2,

    /// <summary>The safety state is not the one that it was given in.</summary>
    SafetyChanged = 3,

    /// <summary>An interlock did not hold, or one of its values was not Good and fresh; the detail is the condition's index.</summary>
    Interlock = 4,

    /// <summary>Its gate took it back before the driver came to it.</summary>
    Withdrawn = 5,

    /// <summary>The device has no such target: another plan, or a slot that somebody damaged.</summary>
    NoTarget = 6,
}
