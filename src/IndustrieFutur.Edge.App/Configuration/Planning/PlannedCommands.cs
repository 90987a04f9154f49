using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>What the commands of a configuration become in the plan.</summary>
/// <param name="Commands">By index.</param>
/// <param name="Conditions">What they ask of live values, by index.</param>
/// <param name="SafetySignals">By index.</param>
/// <param name="Reactions">By index.</param>
/// <param name="Hash">Names all of it, and what it rests on.</param>
internal sealed record PlannedCommands(
    IReadOnlyList<CommandPlan> Commands, IReadOnlyList<ConditionPlan> Conditions, IReadOnlyList<int> SafetySignals, IReadOnlyList<ReactionPlan> Reactions, ulong Hash)
{
    public static PlannedCommands None { get; } = new([], [], [], [], 0);
}
