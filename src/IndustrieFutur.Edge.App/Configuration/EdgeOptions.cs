using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>The whole configuration file of one edge.</summary>
public sealed class EdgeOptions : IChecked
{
    [Required]
    [RegularExpression("^[A-Za-z0-9_.-]{1,40}$")]
    [Description("The site or plant: first level of every topic. Letters, digits, '_', '-', '.'.")]
    public string Group { get; init; } = "";

    [Required]
    [RegularExpression("^[A-Za-z0-9_.-]{1,40}$")]
    [Description("This edge, unique within the group.")]
    public string Edge { get; init; } = "";

    [Description("Where the edge keeps its files; relative to the configuration file.")]
    public string Data { get; init; } = "data";

    [Required]
    [MinLength(1)]
    [MaxLength(64)]
    [Description("The machines, by id.")]
    public IReadOnlyDictionary<string, DeviceOptions> Devices { get; init; } = new Dictionary<string, DeviceOptions>();

    [Required]
    [MinLength(1)]
    [MaxLength(4)]
    [Description("Where telemetry goes, by id: one of kind mqtt, which the historians listen to, and beside it any of kind sparkplug.")]
    public IReadOnlyDictionary<string, SinkOptions> Sinks { get; init; } = new Dictionary<string, SinkOptions>();

    [MaxLength(8)]
    [Description("Historians that run inside this process, by id.")]
    public IReadOnlyDictionary<string, HistorianOptions> Historians { get; init; } = new Dictionary<string, HistorianOptions>();

    [Description("An MQTT broker inside this process, for a cell without one.")]
    public EmbeddedBrokerOptions? Broker { get; init; }

    [Description("The service's own page of numbers: /healthz, /ready, /metrics.")]
    public HttpOptions Http { get; init; } = new();

    [Description("How much is kept while broker or store are away.")]
    public SpoolOptions Spool { get; init; } = new();

    [Description("The sampling loop.")]
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>The sink that feeds the historians. There is one in a configuration that was checked.</summary>
    internal KeyValuePair<string, MqttSinkOptions> HistoriansSink => SinksOf<MqttSinkOptions>().First();

    /// <summary>Words that stand where a device's id would, under edge/v1/&lt;group&gt;/&lt;edge&gt;/.</summary>
    private static readonly string[] ReservedWords = ["head", "state", "stored", "replay", "result", "command", "sparkplug"];

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        foreach (var id in Devices.Keys.Where(ReservedWords.Contains))
        {
            mistakes.Add($"\"{id}\" is a word of the topics and cannot name a device; choose another id, such as \"{id}1\"", "devices", id);
        }

        CheckSinks(mistakes);
        foreach (var (id, sink) in SinksOf<MqttSinkOptions>().Where(pair => pair.Value is { Confirm: Confirm.Stored, Historians.Count: > 0 }))
        {
            // A historian named here and not below runs elsewhere; one below that no sink awaits frees nothing and is a mistake.
            var awaited = sink.Historians;
            foreach (var name in Historians.Keys.Where(name => !awaited.Contains(name)))
            {
                mistakes.Add($"no sink awaits the historian \"{name}\"; name it under sinks.{id}.historians, or remove it", "historians", name);
            }
        }

        foreach (var (id, _) in SinksOf<MqttSinkOptions>().Where(pair => pair.Value is { TelemetryTopic: not null, Historians.Count: 0 } && Historians.Count > 0))
        {
            mistakes.Add("the historians of this file listen below edge/v1/ and would hear nothing; remove it, or them", "sinks", id, "telemetryTopic");
        }

        var named = SinksOf<MqttSinkOptions>().Select(pair => pair.Key).ToArray();
        foreach (var (name, historian) in Historians.Where(pair => pair.Value.Sink is { } sink && !named.Contains(sink)))
        {
            var why = Sinks.ContainsKey(historian.Sink!) ? $"the sink \"{historian.Sink}\" is not of kind mqtt, so no historian can listen to it" : $"there is no sink \"{historian.Sink}\"";
            mistakes.Add($"{why}; write one of: {string.Join(", ", named)}", "historians", name, "sink");
        }

        if (Broker is { Users.Count: > 0 } broker)
        {
            CheckLogIns(broker, mistakes);
        }
    }

    /// <summary>Who connects from here to the broker that is configured here is one of its users, and a historian one that may speak as such.</summary>
    private void CheckLogIns(EmbeddedBrokerOptions broker, Mistakes mistakes)
    {
        var ours = SinksOf<SinkOptions>().Where(pair => broker.IsAt(pair.Value.Url)).ToDictionary();
        foreach (var (id, sink) in ours.Where(pair => !broker.Users.ContainsKey(pair.Value.User ?? "")))
        {
            mistakes.Add($"the broker below has no user \"{sink.User}\"; write one of: {string.Join(", ", broker.Users.Keys)}", "sinks", id, "user");
        }

        var usual = SinksOf<MqttSinkOptions>().Select(pair => pair.Key).FirstOrDefault("");
        foreach (var (name, historian) in Historians.Where(pair => ours.ContainsKey(pair.Value.Sink ?? usual)))
        {
            var user = historian.BrokerUser ?? ours[historian.Sink ?? usual].User ?? "";
            if (!broker.Users.TryGetValue(user, out var known) || !known.Historian)
            {
                mistakes.Add($"logs in to the broker below as \"{user}\", which is not \"historian\": true there and so may not say what is stored; write \"brokerUser\" and \"brokerPassword\"", "historians", name);
            }
        }
    }

    /// <summary>The sinks of one kind, in the order of the file.</summary>
    internal IEnumerable<KeyValuePair<string, T>> SinksOf<T>()
        where T : SinkOptions =>
        Sinks.Where(pair => pair.Value is T).Select(pair => KeyValuePair.Create(pair.Key, (T)pair.Value));

    /// <summary>One sink frees the spool; and no two edge nodes of one broker are the same one (tck-id-payloads-nbirth-edge-node-descriptor).</summary>
    private void CheckSinks(Mistakes mistakes)
    {
        var mqtt = SinksOf<MqttSinkOptions>().Select(pair => pair.Key).ToArray();
        if (mqtt.Length == 0 && Sinks.Count > 0)
        {
            mistakes.Add("no sink is of kind mqtt, so nothing would ever leave the spool; add one, such as \"site\": { \"sink\": \"mqtt\", \"url\": ..., \"confirm\": \"puback\" }", "sinks");
        }

        foreach (var id in mqtt.Skip(1))
        {
            mistakes.Add($"is a second sink of kind mqtt, beside \"{mqtt[0]}\"; for now there is one, remove it", "sinks", id);
        }

        var nodes = new Dictionary<(string, string, string), string>();
        foreach (var (id, sink) in SinksOf<SparkplugSinkOptions>())
        {
            var node = (sink.Url, sink.GroupId ?? Group, sink.EdgeNodeId ?? Edge);
            if (!nodes.TryAdd(node, id))
            {
                mistakes.Add($"is the same Sparkplug edge node {node.Item2}/{node.Item3} at the same broker as \"{nodes[node]}\"; give it another \"edgeNodeId\", or remove it", "sinks", id);
            }
        }
    }
}
