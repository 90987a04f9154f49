using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Reads the interlocks of a command as they stand, for the decision, the audit and whoever looks.</summary>
internal static class GuardReader
{
    public const string Holds = "holds";
    public const string Fails = "fails";

    public static IReadOnlyList<GuardReading> Read(CommandPlan command, CellPlan plan, LiveConditions conditions, Func<int, string> describe, long monoNow) =>
        [.. command.Interlocks.Select(index => Read(index, plan, conditions, describe, monoNow))];

    public static GuardReading Read(int index, CellPlan plan, LiveConditions conditions, Func<int, string> describe, long monoNow)
    {
        var condition = plan.Conditions[index];
        var answer = conditions.Ask(index, monoNow);
        return new GuardReading(condition.Written, InterlockRule.WordOf(answer.State), [.. condition.Signals.Select(describe)], condition.MessageFr, condition.MessageEn);
    }
}
