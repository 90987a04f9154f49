using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.App.Verbs;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>The ledger for scripts, every field of it.</summary>
internal static class LedgerJson
{
    public static JsonObject Of(LedgerView view, IReadOnlyList<LedgerFinding> findings, IReadOnlyList<StoreCheck> checks) => new()
    {
        ["from"] = view.IsLive ? "service" : "folder",
        ["inUse"] = view.IsLive || view.IsInUse,
        ["folder"] = view.DataFolder,
        ["committed"] = view.Folder is { CommittedUtcNanos: > 0 and var at } ? BufferText.Time(at) : null,
        ["balanced"] = findings.All(finding => finding.Kind == FindingKind.Note),
        ["settled"] = view.Lines.All(line => line.Entry.IsSettled),
        ["total"] = LedgerReport.Describe(view.Total),
        ["streams"] = new JsonArray([.. view.Streams.Select(stream => (JsonNode)Describe(stream, view))]),
        ["signals"] = new JsonObject(view.Lines.Select(line => KeyValuePair.Create(line.Name, (JsonNode?)LedgerReport.Describe(line.Entry)))),
        ["stores"] = new JsonObject(checks.Select(check => KeyValuePair.Create(check.Historian, (JsonNode?)Describe(check)))),
        ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)Describe(finding))]),
    };

    private static JsonObject Describe(SpooledStream stream, LedgerView view) => new()
    {
        ["device"] = stream.Device,
        ["epoch"] = stream.Epoch,
        ["oldest"] = stream.Oldest,
        ["next"] = stream.Next,
        ["sent"] = view.Sent.TryGetValue(stream.Device, out var sent) ? sent : null,
        ["damaged"] = stream.Damaged,
        ["gaps"] = new JsonArray([.. stream.Gaps.Select(gap => (JsonNode)new JsonObject
        {
            ["from"] = gap.From,
            ["to"] = gap.To,
            ["count"] = gap.Count,
            ["cause"] = LedgerText.Cause((byte)gap.Cause),
        })]),
    };

    private static JsonObject Describe(StoreCheck check) => new()
    {
        ["asked"] = check.Holdings is not null,
        ["compared"] = check.Compared,
        ["signals"] = new JsonObject((check.Holdings?.Signals ?? []).Select(signal => KeyValuePair.Create($"{signal.Device}/{signal.Signal}", (JsonNode?)new JsonObject
        {
            ["samples"] = signal.AtLeast,
            ["atMost"] = signal.AtMost,
            ["forgotten"] = signal.Forgotten,
        }))),
        ["streams"] = new JsonArray([.. (check.Holdings?.Streams ?? []).Select(stream => (JsonNode)new JsonObject
        {
            ["device"] = stream.Device,
            ["epoch"] = stream.Epoch,
            ["upTo"] = stream.UpTo,
        })]),
        ["gaps"] = new JsonArray([.. (check.Holdings?.Gaps ?? []).Select(gap => (JsonNode)new JsonObject
        {
            ["device"] = gap.Device,
            ["epoch"] = gap.Epoch,
            ["from"] = gap.First,
            ["to"] = gap.Last,
            ["cause"] = LedgerText.Cause(gap.Cause),
            ["noticed"] = BufferText.Time(gap.NoticedUtcNanos),
        })]),
    };

    private static JsonObject Describe(LedgerFinding finding) => new()
    {
        ["kind"] = finding.Kind.ToString().ToLowerInvariant(),
        ["historian"] = finding.Historian,
        ["device"] = finding.Device,
        ["signal"] = finding.Signal,
        ["count"] = finding.Count,
        ["sentence"] = finding.Sentence,
    };
}
