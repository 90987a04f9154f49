using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>What an integrator writes for a device that sends messages of its own form: a scale, a scanner, a torque driver.</summary>
public sealed class FramedOptions : DeviceOptions
{
    /// <summary>Outlasts two lost packets at the start of a connection, which TCP sends again after 1 and 3 s.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(4);

    [Description("The serial line. Either this or \"tcp\".")]
    public SerialOptions? Serial { get; init; }

    [Description("Host and port, for a device or a serial gateway on the network. Either this or \"serial\".")]
    public TcpOptions? Tcp { get; init; }

    [Description("How the device frames its messages; without it, lines of text.")]
    public FrameOptions Frame { get; init; } = new();

    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    [Description("How long to wait for an answer. 500ms outlast a scale's own filter; a command that waits for a stable load takes longer.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);

    [Description("Sent after each connect, and after each silence of a listening device: what makes it talk, such as \"SIR\\r\\n\".")]
    public string OnConnect { get; init; } = "";

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    [Description("A listening device that says nothing for so long is marked Bad. Leave it out where silence is usual, as with a scanner.")]
    public TimeSpan? Silence { get; init; }

    [Required]
    [MinLength(1)]
    [Description("Groups by id: each is one message, asked for or listened to.")]
    public IReadOnlyDictionary<string, FramedGroupOptions> Groups { get; init; } = new Dictionary<string, FramedGroupOptions>();

    [MaxLength(64)]
    [Description("What commands may send, by id: messages, each declared, with at most one number in it. Nothing else is sent but \"onConnect\" and the groups' requests.")]
    public IReadOnlyDictionary<string, FramedTargetOptions> Targets { get; init; } = new Dictionary<string, FramedTargetOptions>();

    internal string LinkKey => Tcp is { } tcp ? string.Create(CultureInfo.InvariantCulture, $"{tcp.Host}:{tcp.Port}") : Serial?.Port ?? "";

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries()
    {
        foreach (var (id, group) in Groups)
        {
            foreach (var (signal, options) in group.Signals)
            {
                yield return new SignalEntry(id, group.Listens ? TimeSpan.Zero : group.Interval, signal, options);
            }
        }
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string TargetTerms => $"frame {Frame.Kind} {Frame.BlockCheck} {Frame.Terminator}";

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, TargetOptions>> CommandTargets() =>
        Targets.Select(target => KeyValuePair.Create<string, TargetOptions>(target.Key, target.Value));

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        CheckLink(mistakes);
        CheckText(OnConnect, mistakes, "onConnect");
        foreach (var (id, group) in Groups)
        {
            CheckText(group.Request ?? "", mistakes, "groups", id, "request");
        }

        foreach (var entry in Entries())
        {
            ((FramedSignalOptions)entry.Options).CheckIn(Frame, mistakes.Under(entry.Path));
        }

        foreach (var (id, target) in Targets)
        {
            target.CheckIn(Frame, mistakes.Under("targets", id));
        }

        if (Silence is not null && Groups.Count > 0 && !Groups.Values.Any(group => group.Listens))
        {
            mistakes.Add("every group has a request, whose silence \"timeout\" tells; remove \"silence\"", "silence");
        }
    }

    internal IByteLink OpenLink(CancellationToken cancellationToken) => Tcp is { } tcp
        ? TcpLink.Connect(tcp.Host, tcp.Port ?? 0, ConnectTimeout, cancellationToken)
        : (Serial ?? throw new InvalidOperationException("A checked device has a link.")).Open();

    private static void CheckText(string text, Mistakes mistakes, params string[] path)
    {
        if (!FrameText.TryParse(text, out _, out var error))
        {
            mistakes.Add(error, path);
        }
    }

    private void CheckLink(Mistakes mistakes)
    {
        if (Serial is null && Tcp is null)
        {
            mistakes.Add("the device has no link; write \"serial\": {\"port\": ..., \"settings\": \"9600 8N1\"} or \"tcp\": {\"host\": ..., \"port\": ...}", "serial");
        }

        if (Serial is not null && Tcp is not null)
        {
            mistakes.Add("the device has two links, \"serial\" and \"tcp\"; remove one", "tcp");
        }

        if (Tcp is { Port: null })
        {
            mistakes.Add("devices with messages of their own have no usual port; write the one of the device's manual", "tcp", "port");
        }

        // Universal Robots' dashboard and script ports: what is sent there moves the arm, past every rule of the command gate.
        if (RobotPorts.TakesOrders(Tcp?.Port))
        {
            mistakes.Add(RobotPorts.Refusal(Tcp?.Port), "tcp", "port");
        }
    }
}
