using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The ledger as people and scripts read it: where every sample of every signal has gone, whether the sums balance, and whether all is settled.</summary>
internal static class LedgerReport
{
    public static LedgerEntry Total(CellPlan plan, LedgerCounters ledger) =>
        plan.Signals.Aggregate(default(LedgerEntry), (sum, signal) => sum + ledger.Read(signal.Index));

    /// <summary>True when every sample is accounted for: filtered, refused, stored, dropped, or kept for later. False is a loss that nobody has told.</summary>
    public static bool IsBalanced(Cell cell)
    {
        // Asked before the counters are read: without inputs the spool only gets emptier.
        long? kept = cell.HaveInputsEnded ? cell.Spool.Pending : null;
        return cell.SamplesLost == 0 && IsBalanced(cell.Plan, cell.Links.Ledger, kept);
    }

    /// <param name="plan">Whose signals are counted.</param>
    /// <param name="ledger">What was counted.</param>
    /// <param name="kept">What the spool holds once the inputs have ended: nothing may be on the way then, and what is pending must be there. Null: they run.</param>
    internal static bool IsBalanced(CellPlan plan, LedgerCounters ledger, long? kept)
    {
        var entries = plan.Signals.Select(signal => ledger.Read(signal.Index)).ToArray();

        // The spool may hold more: samples of an earlier run whose signal the plan no longer has.
        return Array.TrueForAll(entries, entry => entry.IsBalanced)
            && (kept is null || (Array.TrueForAll(entries, entry => entry.InRings == 0) && entries.Sum(entry => entry.Pending) <= kept));
    }

    /// <summary>True when nothing is on its way and nothing pending: no signal has a sample whose fate is open.</summary>
    public static bool IsSettled(CellPlan plan, LedgerCounters ledger) => plan.Signals.All(signal => ledger.Read(signal.Index).IsSettled);

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
            ["cell"] = $"{plan.Group}/{plan.Edge}",
            ["balanced"] = IsBalanced(cell),
            ["settled"] = IsSettled(plan, ledger),

            // Whose word "stored" is: a store's, or where the promise ends at the broker.
            ["confirm"] = string.Join('+', cell.Confirms).ToLowerInvariant(),
            ["sampler"] = SamplerReport.ToJson(cell),
            ["links"] = LinkReport.ToJson(cell.Links),
            ["total"] = Describe(Total(plan, ledger)),
            ["signals"] = signals,
            ["streams"] = new JsonObject(cell.Spool.Outlets.SelectMany(outlet => outlet.Head().Streams).GroupBy(head => head.Stream).Select(heads => KeyValuePair.Create(heads.Key, (JsonNode?)Describe([.. heads])))),
        };
    }

    /// <summary>Sent: numbers that a broker has acknowledged (or was given, where it does not) and that do not wait to be sent again; of the sink that has the fewest.</summary>
    private static JsonObject Describe(StreamHead[] heads) => new()
    {
        ["epoch"] = heads[0].Epoch,
        ["oldest"] = heads[0].Oldest,
        ["next"] = heads[0].Next,
        ["sent"] = heads.Min(head => head.Next - 1 - head.WillSend.Aggregate(0ul, (sum, range) => sum + range.Count)),
    };

    public static JsonObject Describe(in LedgerEntry entry) => new()
    {
        ["produced"] = entry.Produced,
        ["filtered"] = entry.Filtered,
        ["refused"] = entry.Refused,
        ["onTheWay"] = entry.InRings,
        ["spooled"] = entry.Spooled,
        ["dropped"] = entry.Dropped,
        ["stored"] = entry.Stored,
        ["pending"] = entry.Pending,
        ["filteredBy"] = new JsonObject
        {
            ["duplicate"] = entry.FilteredDuplicate,
            ["range"] = entry.FilteredRange,
            ["deadband"] = entry.FilteredDeadband,
            ["unsent"] = entry.FilteredUnsent,
        },
        ["droppedBy"] = new JsonObject { ["spoolFull"] = entry.DroppedSpoolFull, ["store"] = entry.DroppedByStore, ["other"] = entry.DroppedOther },
        ["refusedBy"] = new JsonObject { ["input"] = entry.RefusedAtInput, ["output"] = entry.RefusedAtOutput },
    };
}
