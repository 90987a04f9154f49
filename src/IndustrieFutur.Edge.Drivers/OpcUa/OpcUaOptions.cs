using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>What an integrator writes for an OPC UA server: a PLC, a robot, a gateway.</summary>
public sealed class OpcUaOptions : DeviceOptions
{
    /// <summary>The port that IANA gave to OPC UA.</summary>
    internal const int UsualPort = 4840;

    /// <summary>Each is looked up at each connection, while the signals wait.</summary>
    private const int TargetsMax = 64;

    private const string Scheme = "opc.tcp://";

    [Required]
    [MaxLength(4_096)]
    [Description("Where the server listens, \"opc.tcp://192.168.0.10:4840\", with a path where it has one. What the server itself calls its address is not used: names that nobody resolves stand there.")]
    public string Endpoint { get; init; } = "";

    [Description("How the connection is protected. Without it Basic256Sha256 with SignAndEncrypt.")]
    public OpcUaSecurityOptions Security { get; init; } = new();

    [Description("Allow the policy None: nothing is encrypted and anybody may pass for the server. For a test bench.")]
    public bool AllowInsecure { get; init; }

    [Description("Accept a server's certificate from an authority whose revocation list is not in the store.")]
    public bool AllowMissingCrl { get; init; }

    [Description("Who we are to the server. Without it anonymous.")]
    public OpcUaUserOptions? User { get; init; }

    [AllowedValues("generic", "s7-1200", "s7-1500", "kepware", "ignition", "codesys", "beckhoff", "universal-robots")]
    [Description("The make of the server, whose limits and habits are then kept to. What a server says of its limits holds in any case.")]
    public string Profile { get; init; } = "generic";

    [MaxLength(512)]
    [Description("Our name in our certificate. Without it \"urn:<host>:IndustrieFutur:Edge:<edge>\".")]
    public string? ApplicationUri { get; init; }

    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    [Description("So long the server keeps our session and its queues through a lost link.")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(2);

    [Range(typeof(TimeSpan), "00:00:02", "1.00:00:00")]
    [Description("Keys are made anew before this has passed. The server may shorten it.")]
    public TimeSpan ChannelLifetime { get; init; } = TimeSpan.FromHours(1);

    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    [Description("How long the server may think about a request, and how long opening the connection may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [Description("So long after the link was lost the last values are kept as Uncertain; then the signals are Bad.")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    [Description("A time that the server gives and that is further than this from ours is not believed (a PLC's clock may stand at 1970); the time of arrival takes its place.")]
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromHours(1);

    [Description("Which times the server sends: the device's (source), or its own as well (both), which stands in where the device's is not believed.")]
    public OpcUaTimestamps Timestamps { get; init; } = OpcUaTimestamps.Source;

    [Required]
    [MinLength(1)]
    [Description("Groups of signals by id; those of a group share a rhythm.")]
    public IReadOnlyDictionary<string, OpcUaGroupOptions> Groups { get; init; } = new Dictionary<string, OpcUaGroupOptions>();

    [MaxLength(TargetsMax)]
    [Description("What commands may write or call, by id; nothing else of the server can be.")]
    public IReadOnlyDictionary<string, OpcUaTargetOptions> Targets { get; init; } = new Dictionary<string, OpcUaTargetOptions>();

    /// <summary>Devices behind one endpoint share one session: servers have few.</summary>
    internal string LinkKey => TryAddress(out var uri) ? $"{Scheme}{uri.Host}:{Port(uri)}{uri.AbsolutePath.TrimEnd('/')}" : Endpoint;

    internal OpcUaProfile EffectiveProfile => OpcUaProfile.Find(Profile);

    internal static int Port(Uri uri) => uri.Port > 0 ? uri.Port : UsualPort;

    /// <inheritdoc/>
    public override bool IsRead => false;

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries()
    {
        foreach (var (group, options) in Groups)
        {
            foreach (var (id, signal) in options.Signals)
            {
                yield return new SignalEntry(group, options.EffectiveSampling, id, signal);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, TargetOptions>> CommandTargets() =>
        Targets.Select(target => KeyValuePair.Create(target.Key, (TargetOptions)target.Value));

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        CheckConnection(mistakes);
        foreach (var (id, group) in Groups)
        {
            group.CheckIn(mistakes.Under("groups", id));
        }

        foreach (var entry in Entries())
        {
            ((OpcUaSignalOptions)entry.Options).CheckIn(mistakes.Under(entry.Path));
        }
    }

    /// <summary>What two devices behind one endpoint say differently of their one session; null when they agree.</summary>
    internal string? QuarrelWith(OpcUaOptions other)
    {
        var different =
            Security.Policy != other.Security.Policy || Security.EffectiveMode != other.Security.EffectiveMode || AllowInsecure != other.AllowInsecure
                || AllowMissingCrl != other.AllowMissingCrl ? "\"security\""
            : User?.Name != other.User?.Name || User?.Password != other.User?.Password || User?.Certificate != other.User?.Certificate
                || User?.CertificatePassword != other.User?.CertificatePassword ? "\"user\""
            : Profile != other.Profile ? "\"profile\""
            : ApplicationUri != other.ApplicationUri ? "\"applicationUri\""
            : SessionTimeout != other.SessionTimeout ? "\"sessionTimeout\""
            : ChannelLifetime != other.ChannelLifetime ? "\"channelLifetime\""
            : Timeout != other.Timeout ? "\"timeout\""
            : Grace != other.Grace ? "\"grace\""
            : ClockTolerance != other.ClockTolerance ? "\"clockTolerance\""
            : Timestamps != other.Timestamps ? "\"timestamps\""
            : null;
        return different is null ? null : $"both share one session, but say different things under {different}; write the same";
    }

    internal bool TryAddress(out Uri uri)
    {
        uri = new Uri(Scheme + "localhost");
        if (!Endpoint.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(Endpoint, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            return false;
        }

        uri = parsed;
        return true;
    }

    private void CheckConnection(Mistakes mistakes)
    {
        if (Endpoint.Length > 0 && !TryAddress(out _))
        {
            mistakes.Add($"\"{(Endpoint.Length <= 80 ? Endpoint : Endpoint[..80] + "...")}\" is no address of an OPC UA server; write \"opc.tcp://<host or IP>:4840\"", "endpoint");
        }

        // The first message carries the address as it is written, line ends and all.
        if (TryAddress(out var uri) && RobotPorts.TakesOrders(Port(uri)))
        {
            mistakes.Add(RobotPorts.Refusal(Port(uri)), "endpoint");
        }

        if (Security.Policy == OpcUaSecurityOptions.None && !AllowInsecure)
        {
            mistakes.Add(
                "the policy None protects nothing: anybody on the network may read, and pass for the server; remove it, or add \"allowInsecure\": true to accept that",
                "security", "policy");
        }
    }
}
