namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>How a condition stands, and which signal is to blame when its values cannot be used.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Signal">The first signal that is not Good or not fresh; -1 for none.</param>
public readonly record struct ConditionAnswer(ConditionState State, int Signal);
