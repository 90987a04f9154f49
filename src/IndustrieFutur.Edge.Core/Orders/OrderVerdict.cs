namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>What became of an order at its driver. Whether it had the effect that was wanted is asked elsewhere, of live values.</summary>
public enum OrderVerdict
{
    /// <summary>No answer yet.</summary>
    None = 0,

    /// <summary>Nothing was sent: something that must hold did not just before the write, or the link was not there.</summary>
    NotSent = 1,

    /// <summary>The device took it.</summary>
    Taken = 2,

    /// <summary>The device said no.</summary>
    Rejected = 3,

    /// <summary>It was sent, or may have been, and nothing says whether the device took it. Nobody sends it again.</summary>
    Unanswered = 4,
}
