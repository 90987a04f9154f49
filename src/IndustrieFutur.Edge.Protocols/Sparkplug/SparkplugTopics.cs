namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>The topics of one Sparkplug edge node (3.0, chapter 4), <c>spBv1.0/&lt;group&gt;/&lt;type&gt;/&lt;edge node&gt;[/&lt;device&gt;]</c>; everybody spells them here.</summary>
public sealed class SparkplugTopics
{
    public const string Root = "spBv1.0";

    /// <summary>Ids are levels of topics: one or more characters, no '+', '/', '#' (chapter 4), and nothing that cannot be seen.</summary>
    public const string IdPattern = @"^[^+/#\x00-\x1f\x7f]{1,80}$";

    private readonly string _group;
    private readonly string _node;
    private readonly string _commands;

    public SparkplugTopics(string group, string node)
    {
        (_group, _node) = (group, node);
        NodeBirth = Of("NBIRTH");
        NodeDeath = Of("NDEATH");
        NodeCommand = Of("NCMD");
        _commands = Of("DCMD") + "/";
    }

    public string NodeBirth { get; }

    public string NodeDeath { get; }

    public string NodeCommand { get; }

    /// <summary>What to subscribe for the commands of all devices.</summary>
    public string DeviceCommands => _commands + "+";

    public string DeviceBirth(string device) => Of("DBIRTH") + "/" + device;

    public string DeviceDeath(string device) => Of("DDEATH") + "/" + device;

    public string DeviceData(string device) => Of("DDATA") + "/" + device;

    /// <summary>Where a host application says whether it is there.</summary>
    public static string HostState(string host) => $"{Root}/STATE/{host}";

    /// <summary>The device that a command is for; false for any other topic.</summary>
    public bool TryDeviceOf(string topic, out string device)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var ours = topic.StartsWith(_commands, StringComparison.Ordinal);
        device = ours ? topic[_commands.Length..] : "";
        return ours;
    }

    private string Of(string type) => $"{Root}/{_group}/{type}/{_node}";
}
