namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>All that is known of an order that has come back from its driver.</summary>
/// <param name="Id">The order's number.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Cause">Why nothing was sent; none when something was.</param>
/// <param name="Detail">Of the cause: a condition's index.</param>
/// <param name="Code">The device's own number; of a condition that stopped it, the <see cref="ConditionState"/>.</param>
/// <param name="Text">The device's words.</param>
/// <param name="TakenMonoNanos">When the driver came to it; 0: never.</param>
/// <param name="AnsweredMonoNanos">When it came back.</param>
public readonly record struct OrderReport(
    long Id, OrderVerdict Verdict, OrderCause Cause, int Detail, uint Code, string Text, long TakenMonoNanos, long AnsweredMonoNanos);
