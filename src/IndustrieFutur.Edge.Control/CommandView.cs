using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control;

/// <summary>A command as people see it: what it is, and what stands against it now.</summary>
/// <param name="Plan">What it is.</param>
/// <param name="Guards">Its interlocks as they stand.</param>
/// <param name="IsBusy">Its device has an order.</param>
public sealed record CommandView(CommandPlan Plan, IReadOnlyList<GuardReading> Guards, bool IsBusy);
