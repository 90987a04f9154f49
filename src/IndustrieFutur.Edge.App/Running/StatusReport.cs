using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Commands;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>How the running service is, in one JSON object: its loop, its rings, its links, and what the last bench said of the machine.</summary>
internal static class StatusReport
{
    public static JsonObject ToJson(Cell cell, IReadOnlyList<string> problems) => new()
    {
        ["cell"] = $"{cell.Plan.Group}/{cell.Plan.Edge}",
        ["ready"] = problems.Count == 0,
        ["problems"] = new JsonArray([.. problems.Select(problem => JsonValue.Create(problem))]),
        ["sampling"] = LoopReport.ToJson(cell.Links.Gauges, cell.Window, MonoClock.NowNanos()),
        ["sampler"] = SamplerReport.ToJson(cell),

        // The first of them, where one is looked for.
        ["sink"] = Describe(cell.Sinks[0]),
        ["sinks"] = new JsonArray([.. cell.Sinks.Select(sink => (JsonNode)Describe(sink))]),
        ["rings"] = new JsonArray([.. Rings(cell).Select(ring => (JsonNode)Describe(ring.Name, ring.Ring))]),
        ["links"] = new JsonObject
        {
            ["configured"] = cell.Links.Views.Count,
            ["connected"] = cell.Links.Views.Count(link => link.Status.IsConnected),
        },
        ["spool"] = new JsonObject { ["pending"] = cell.Spool.Pending, ["fill"] = cell.Spool.Fill, ["bytesOnDisk"] = cell.Spool.BytesOnDisk, ["trouble"] = cell.SpoolTrouble?.Sentence },
        ["reactions"] = cell.Plan.Reactions.Count == 0 ? null : Describe(cell.Links.Reactions),
        ["sparkplug"] = new JsonArray([.. cell.Nodes.Select(node => (JsonNode)Describe(node))]),
        ["listeners"] = new JsonArray([.. cell.Listeners.Select(listener => (JsonNode)Describe(listener))]),
        ["broker"] = cell.Broker is null ? null : BrokerReport.ToJson(cell.Broker),
        ["commands"] = CommandReport.ToJson(cell.Commands),
        ["calibration"] = Calibration.Read(cell.DataFolder),
    };

    /// <summary>Each link's ring, and the one that the spool empties.</summary>
    public static IEnumerable<(string Name, SampleRing Ring)> Rings(Cell cell) =>
        cell.Links.Views.Zip(cell.Links.Inputs, (link, ring) => (link.Link, ring)).Append(("output", cell.Links.Output));

    private static JsonObject Describe(ReactionRing reactions) => new()
    {
        ["arrivalToInbox"] = LoopReport.Describe(HistogramSnapshot.Of(reactions.ArrivalToInbox)),
        ["refused"] = reactions.Refused,
    };

    private static JsonObject Describe(MqttSink sink) => new()
    {
        ["id"] = sink.Id,
        ["confirm"] = sink.Outlet.Sink.Confirm.ToString().ToLowerInvariant(),
        ["historians"] = new JsonArray([.. sink.Outlet.Sink.Historians.Select(name => JsonValue.Create(name))]),
        ["pending"] = sink.Outlet.Pending,
        ["backlog"] = sink.Outlet.Backlog,
        ["url"] = sink.Url,
        ["connected"] = sink.Status.IsConnected,
        ["mqtt"] = sink.Status.Version,
        ["refused"] = sink.Status.Refused,
        ["lastError"] = sink.Status.LastError,
    };

    private static JsonObject Describe(SparkplugNode node) => new()
    {
        ["sink"] = node.Id,
        ["connected"] = node.Status.IsConnected,
        ["born"] = node.IsBorn,
        ["history"] = node.History,
        ["dropped"] = node.Dropped,
        ["lastError"] = node.Status.LastError,
    };

    private static JsonObject Describe(CommandListener listener) => new()
    {
        ["sink"] = listener.Id,
        ["url"] = listener.Url,
        ["connected"] = listener.Status.IsConnected,
        ["mqtt"] = listener.Status.Version,
        ["requests"] = listener.Status.Requests,
        ["refused"] = new JsonObject(listener.Status.Refusals.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["dropped"] = listener.Status.Dropped,
        ["answersLost"] = listener.Status.AnswersLost,
        ["lastError"] = listener.Status.LastError,
    };

    private static JsonObject Describe(string name, SampleRing ring) => new JsonObject
    {
        ["ring"] = name,
        ["capacity"] = ring.Capacity,
        ["waiting"] = ring.Waiting,
        ["mostWaiting"] = ring.MostWaiting,
        ["refused"] = ring.Refused,
    };
}
