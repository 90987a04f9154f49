using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>A derived signal with its inputs resolved.</summary>
/// <param name="Plan">How the stages make it.</param>
/// <param name="Kind">What comes of it.</param>
internal sealed record PlannedSignal(DerivedPlan Plan, ValueKind Kind);
