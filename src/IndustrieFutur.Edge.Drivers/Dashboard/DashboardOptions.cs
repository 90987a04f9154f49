using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>What an integrator writes for the dashboard of a robot of Universal Robots: what is asked, and what it may be told.</summary>
public sealed class DashboardOptions : DeviceOptions
{
    private const int UsualPort = 29_999;

    /// <summary>A controller on the cell's network answers at once; a lost packet is sent again after 1 s.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Each signal is a question of its own, and a controller has the arm to see to.</summary>
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(100);

    [Required]
    [Description("The controller: host and port (29999).")]
    public TcpOptions Tcp { get; init; } = new();

    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    [Description("How long to wait for an answer; then the connection is opened anew. 2s outlast a lost packet; loading a large program may take longer.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    [Required]
    [MinLength(1)]
    [Description("Groups of signals by id; those of a group are asked one after the other at its interval.")]
    public IReadOnlyDictionary<string, GroupOptions<DashboardSignalOptions>> Groups { get; init; } = new Dictionary<string, GroupOptions<DashboardSignalOptions>>();

    [Description("What commands may tell the robot, by id. Nothing else is ever sent to it but questions.")]
    public IReadOnlyDictionary<string, DashboardTargetOptions> Targets { get; init; } = new Dictionary<string, DashboardTargetOptions>();

    internal string Address => string.Create(CultureInfo.InvariantCulture, $"{Tcp.Host}:{Port}");

    private int Port => Tcp.Port ?? UsualPort;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, TargetOptions>> CommandTargets() =>
        Targets.Select(static pair => KeyValuePair.Create<string, TargetOptions>(pair.Key, pair.Value));

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries()
    {
        foreach (var (id, group) in Groups)
        {
            foreach (var (signal, options) in group.Signals)
            {
                yield return new SignalEntry(id, group.Interval, signal, options);
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        foreach (var (id, group) in Groups.Where(static pair => pair.Value.Interval < IntervalMin))
        {
            mistakes.Add(
                $"every {group.Interval.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms is too often for a dashboard, which answers beside the arm's control; write \"100ms\" or more, or read what is fast with the driver rtde",
                "groups", id, "interval");
        }

        // The ports that take URScript, and RTDE's: what greets there is no dashboard.
        if (Tcp.Port is (>= 30_001 and <= 30_004) or 30_020)
        {
            mistakes.Add($"port {Tcp.Port} of a robot is no dashboard; that is on {UsualPort}, remove \"port\"", "tcp", "port");
        }
    }

    internal IByteLink OpenLink(CancellationToken cancellationToken) => TcpLink.Connect(Tcp.Host, Port, ConnectTimeout, cancellationToken);
}
