namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>The topics of one edge, <c>edge/v1/&lt;group&gt;/&lt;edge&gt;/...</c>; everybody spells them here.</summary>
public sealed class EdgeTopics
{
    public const string Root = "edge/v1";

    private readonly string _prefix;

    public EdgeTopics(string group, string edge)
    {
        _prefix = $"{Root}/{group}/{edge}/";
        Head = _prefix + "head";
        State = _prefix + "state";
        Commands = _prefix + "+/command/+";
        Results = _prefix + "result/";
    }

    public string Head { get; }

    public string State { get; }

    /// <summary>Filter of all requests for commands: the device, and who asks.</summary>
    public string Commands { get; }

    /// <summary>What the topics of all answers to them begin with.</summary>
    public string Results { get; }

    public string Telemetry(string device) => $"{_prefix}{device}/telemetry";

    public string Meta(string device) => $"{_prefix}{device}/meta";

    public string Stored(string historian) => $"{_prefix}stored/{historian}";

    public string Replay(string historian) => $"{_prefix}replay/{historian}";

    /// <summary>Group, edge and what follows of a topic below <see cref="Root"/>; false for any other topic.</summary>
    public static bool TryParse(string topic, out string group, out string edge, out string rest)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var parts = topic.Split('/', 5);
        var ours = parts.Length == 5 && parts[0] == "edge" && parts[1] == "v1";
        group = ours ? parts[2] : "";
        edge = ours ? parts[3] : "";
        rest = ours ? parts[4] : "";
        return ours;
    }
}
