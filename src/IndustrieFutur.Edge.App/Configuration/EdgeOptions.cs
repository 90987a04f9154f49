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
    [MaxLength(1)]
    [Description("Where telemetry goes, by id. One for now.")]
    public IReadOnlyDictionary<string, MqttSinkOptions> Sinks { get; init; } = new Dictionary<string, MqttSinkOptions>();

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

    /// <summary>Words that stand where a device's id would, under edge/v1/&lt;group&gt;/&lt;edge&gt;/.</summary>
    private static readonly string[] ReservedWords = ["head", "state", "stored", "replay", "result", "command", "sparkplug"];

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        foreach (var id in Devices.Keys.Where(ReservedWords.Contains))
        {
            mistakes.Add($"\"{id}\" is a word of the topics and cannot name a device; choose another id, such as \"{id}1\"", "devices", id);
        }

        foreach (var (id, sink) in Sinks.Where(pair => pair.Value is { Confirm: Confirm.Stored, Historians.Count: > 0 }))
        {
            // A historian named here and not below runs elsewhere; one below that no sink awaits frees nothing and is a mistake.
            var awaited = sink.Historians;
            foreach (var name in Historians.Keys.Where(name => !awaited.Contains(name)))
            {
                mistakes.Add($"no sink awaits the historian \"{name}\"; name it under sinks.{id}.historians, or remove it", "historians", name);
            }
        }

        foreach (var (name, historian) in Historians.Where(pair => pair.Value.Sink is { } sink && !Sinks.ContainsKey(sink)))
        {
            mistakes.Add($"there is no sink \"{historian.Sink}\"; write one of: {string.Join(", ", Sinks.Keys)}", "historians", name, "sink");
        }
    }
}
