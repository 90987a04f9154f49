using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>What an integrator writes for a torque driver's controller that speaks Open Protocol, over TCP or a serial line.</summary>
public sealed class OpenProtocolOptions : DeviceOptions
{
    /// <summary>The port that controllers have by custom.</summary>
    private const int UsualTcpPort = 4_545;

    /// <summary>A controller on the plant's network answers in a few milliseconds; a lost packet is made good by the next try.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    [Description("The serial line. Either this or \"tcp\".")]
    public SerialOptions? Serial { get; init; }

    [Description("Host and port of the controller (port 4545 by custom). Either this or \"serial\".")]
    public TcpOptions? Tcp { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:10")]
    [Description("How long to wait for the answer to a command, which is sent three times before the link counts as lost.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    [Range(typeof(TimeSpan), "00:00:01", "00:00:10")]
    [Description("After so long without a word of ours a keep-alive is sent; the controller hangs up after 15s. Half as long again without a word of its, and the link counts as lost.")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    [Required]
    [MinLength(1)]
    [Description("Groups of signals by id.")]
    public IReadOnlyDictionary<string, OpenProtocolGroupOptions> Groups { get; init; } = new Dictionary<string, OpenProtocolGroupOptions>();

    internal string LinkKey => Tcp is { } tcp ? string.Create(CultureInfo.InvariantCulture, $"{tcp.Host}:{PortOf(tcp)}") : Serial?.Port ?? "";

    internal bool IsSerial => Tcp is null;

    /// <inheritdoc/>
    public override bool IsRead => false;

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries()
    {
        foreach (var (id, group) in Groups)
        {
            foreach (var (signal, options) in group.Signals)
            {
                yield return new SignalEntry(id, TimeSpan.Zero, signal, options);
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        if (Serial is null && Tcp is null)
        {
            mistakes.Add("the device has no link; write \"tcp\": {\"host\": ...} or \"serial\": {\"port\": ..., \"settings\": \"9600 8N1\"}", "tcp");
        }

        if (Serial is not null && Tcp is not null)
        {
            mistakes.Add("the device has two links, \"serial\" and \"tcp\"; remove one", "tcp");
        }

        if (RobotPorts.TakesOrders(Tcp?.Port))
        {
            mistakes.Add(RobotPorts.Refusal(Tcp?.Port), "tcp", "port");
        }
    }

    internal IByteLink OpenLink(CancellationToken cancellationToken) => Tcp is { } tcp
        ? TcpLink.Connect(tcp.Host, PortOf(tcp), ConnectTimeout, cancellationToken)
        : (Serial ?? throw new InvalidOperationException("A checked device has a link.")).Open();

    private static int PortOf(TcpOptions tcp) => tcp.Port ?? UsualTcpPort;
}
