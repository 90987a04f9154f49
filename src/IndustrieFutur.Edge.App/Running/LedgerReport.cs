using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The ledger as people and scripts read it: where every sample of every signal has gone, and whether the sums balance.</summary>
internal static class LedgerReport
{
    public static LedgerEntry Total(CellPlan plan, LedgerCounters ledger) =>
        plan.Signals.Aggregate(default(LedgerEntry), (sum, signal) => sum + ledger.Read(signal.Index));

    /// <summary>True when nothing is on its way and no signal lacks a sample. Meaningful when the inputs have ended.</summary>
    public static bool IsBalanced(CellPlan plan, LedgerCounters ledger) =>
        plan.Signals.All(signal => ledger.Read(signal.Index).IsSettled);

    public static JsonObject ToJson(Cell cell)
    {
        var (plan, ledger) = (cell.Plan, cell.Links.Ledger);
        var signals = new JsonObject();
        foreach (var (signal, view) in plan.Signals.Zip(SignalView.All(plan, cell.Links)))
        {
            var fate = Describe(ledger.Read(signal.Index));
            fate["quality"] = view.Quality;
            signals[$"{signal.Device}/{signal.Id}"] = fate;
        }

        return new JsonObject
        {
            ["balanced"] = IsBalanced(plan, ledger),

            // Whose word "stored" is: a store's, or where the promise ends at the broker.
            ["confirm"] = cell.Confirm.ToString().ToLowerInvariant(),
            ["links"] = LinkReport.ToJson(cell.Links),
            ["total"] = Describe(Total(plan, ledger)),
            ["signals"] = signals,
        };
    }

    private static JsonObject Describe(in LedgerEntry entry) => new()
    {
        ["produced"] = entry.Produced,
        ["filtered"] = entry.Filtered,
        ["refused"] = entry.Refused,
        ["spooled"] = entry.Spooled,
        ["dropped"] = entry.Dropped,
        ["stored"] = entry.Stored,
        ["pending"] = entry.Pending,
        ["filteredBy"] = new JsonObject
        {
            ["duplicate"] = entry.FilteredDuplicate,
            ["range"] = entry.FilteredRange,
            ["deadband"] = entry.FilteredDeadband,
        },
        ["droppedBy"] = new JsonObject { ["spoolFull"] = entry.DroppedSpoolFull, ["store"] = entry.DroppedByStore, ["other"] = entry.DroppedOther },
        ["refusedBy"] = new JsonObject { ["input"] = entry.RefusedAtInput, ["output"] = entry.RefusedAtOutput },
    };
}
