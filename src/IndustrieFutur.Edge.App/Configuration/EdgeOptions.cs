using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Control;
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
    [MaxLength(8)]
    [Description("Where telemetry goes, by id: of kind mqtt, each with a broker of its own and the historians that listen there, at least one; and beside them any of kind sparkplug. A sample stays in the spool until every mqtt sink has confirmed it; none waits for another.")]
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

    [Description("What may be commanded, by whom and when. Without it nothing is ever written to a machine.")]
    public CommandsOptions? Commands { get; init; }

    /// <summary>The sink of a historian that names none and that no sink names. There is one in a configuration that was checked.</summary>
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
        CheckHistorians(mistakes);
        CheckPorts(mistakes);
        if (Broker is { Users.Count: > 0 } broker)
        {
            CheckLogIns(broker, mistakes);
        }
        else if (Broker is not null)
        {
            CheckNames(Broker, mistakes);
        }
    }

    /// <summary>Who commands over MQTT is who the broker says: one without users says nothing.</summary>
    private void CheckNames(EmbeddedBrokerOptions broker, Mistakes mistakes)
    {
        foreach (var (id, _) in SinksOf<MqttSinkOptions>().Where(pair => pair.Value.Commands && broker.IsAt(pair.Value.Url)))
        {
            mistakes.Add("the broker below has no users, so everybody could command under any name; give it users, each with \"publish\": [\"edge/v1/+/+/+/command/%u\"], or remove it", "sinks", id, "commands");
        }
    }

    /// <summary>The page of numbers and the broker are both ours, and each wants its port alone.</summary>
    private void CheckPorts(Mistakes mistakes)
    {
        if (Broker is null || Http.Port == 0 || !Broker.IsOnLoopback)
        {
            return;
        }

        if (Broker.Port == Http.Port)
        {
            mistakes.Add($"is the port of the page of numbers too (http.port); write another, such as {(Http.Port == 1883 ? 1884 : 1883)}", "broker", "port");
        }

        if (Broker.WebSocket?.Port == Http.Port)
        {
            mistakes.Add($"is the port of the page of numbers too (http.port); write another, such as {(Http.Port == 9001 ? 9002 : 9001)}", "broker", "webSocket", "port");
        }
    }

    /// <summary>The sink whose broker a historian listens to: the one it names, else the one that names it, else the first; null where there is none.</summary>
    internal string? SinkOf(string historian)
    {
        var sinks = SinksOf<MqttSinkOptions>().ToArray();
        return Historians.GetValueOrDefault(historian)?.Sink
            ?? sinks.FirstOrDefault(pair => pair.Value.Historians.Contains(historian), sinks.FirstOrDefault()).Key;
    }

    private void CheckHistorians(Mistakes mistakes)
    {
        var named = SinksOf<MqttSinkOptions>().Select(pair => pair.Key).ToArray();
        foreach (var (name, historian) in Historians.Where(pair => pair.Value.Sink is { } sink && !named.Contains(sink)))
        {
            var why = Sinks.ContainsKey(historian.Sink!) ? $"the sink \"{historian.Sink}\" is not of kind mqtt, so no historian can listen to it" : $"there is no sink \"{historian.Sink}\"";
            mistakes.Add($"{why}; write one of: {string.Join(", ", named)}", "historians", name, "sink");
        }

        foreach (var (id, sink) in SinksOf<MqttSinkOptions>())
        {
            var own = Historians.Keys.Where(name => SinkOf(name) == id).ToArray();
            CheckListed(id, sink, mistakes);
            foreach (var name in sink.Historians.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key))
            {
                mistakes.Add($"names the historian \"{name}\" twice; its word is awaited once, remove one", "sinks", id, "historians");
            }

            if (sink is { TelemetryTopic: not null, Historians.Count: 0 } && own.Length > 0)
            {
                mistakes.Add("the historians of this file listen below edge/v1/ and would hear nothing; remove it, or them", "sinks", id, "telemetryTopic");
            }

            // A historian named here and not below runs elsewhere; one below that no sink awaits frees nothing and is a mistake.
            foreach (var name in own.Where(name => sink is { Confirm: Confirm.Stored, Historians.Count: > 0 } && !sink.Historians.Contains(name)))
            {
                mistakes.Add($"no sink awaits the historian \"{name}\"; name it under sinks.{id}.historians, or remove it", "historians", name);
            }
        }
    }

    /// <summary>Whose word a sink awaits listens to that sink's broker.</summary>
    private void CheckListed(string id, MqttSinkOptions sink, Mistakes mistakes)
    {
        foreach (var name in sink.Historians.Where(name => Historians.ContainsKey(name) && SinkOf(name) is { } other && other != id && SinksOf<MqttSinkOptions>().Any(pair => pair.Key == other)))
        {
            mistakes.Add(
                $"the historian \"{name}\" listens to the sink \"{SinkOf(name)}\", so its word never comes here; remove it here, or give it \"sink\": \"{id}\"",
                "sinks", id, "historians");
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

        foreach (var (name, historian) in Historians.Where(pair => ours.ContainsKey(SinkOf(pair.Key) ?? "")))
        {
            var user = historian.BrokerUser ?? ours[SinkOf(name)!].User ?? "";
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

    /// <summary>Sinks free the spool, each at its own broker; and no two edge nodes of one broker are the same one (tck-id-payloads-nbirth-edge-node-descriptor).</summary>
    private void CheckSinks(Mistakes mistakes)
    {
        var mqtt = SinksOf<MqttSinkOptions>().Select(pair => pair.Key).ToArray();
        if (mqtt.Length == 0 && Sinks.Count > 0)
        {
            mistakes.Add("no sink is of kind mqtt, so nothing would ever leave the spool; add one, such as \"site\": { \"sink\": \"mqtt\", \"url\": ..., \"confirm\": \"puback\" }", "sinks");
        }

        CheckBrokers(mistakes);
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

    /// <summary>Two sinks at one broker would publish the same topics twice, and state and head of the one would speak for the other.</summary>
    private void CheckBrokers(Mistakes mistakes)
    {
        var brokers = new Dictionary<string, string>();
        foreach (var (id, sink) in SinksOf<MqttSinkOptions>())
        {
            var addresses = sink.Urls.Prepend(sink.Url).Select(BrokerOf).Distinct().ToArray();
            if (addresses.FirstOrDefault(brokers.ContainsKey) is { } address)
            {
                mistakes.Add($"is at the same broker as \"{brokers[address]}\", where it would publish the same topics again; give it another broker, or remove it", "sinks", id);
            }

            foreach (var own in addresses)
            {
                brokers.TryAdd(own, id);
            }
        }
    }

    /// <summary>One broker, whatever its address is written like.</summary>
    private static string BrokerOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
            ? $"{(url.IsLoopback ? "localhost" : url.Host)}:{(url.Port > 0 ? url.Port : url.Scheme == "mqtts" ? 8_883 : 1_883)}"
            : address;
}
