using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>What an integrator writes for a robot of Universal Robots that is read over RTDE.</summary>
public sealed class RtdeOptions : DeviceOptions
{
    /// <summary>A controller on the cell's network answers at once; a lost packet is sent again after 1 s.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    [Required]
    [Description("The controller: host and port (30004).")]
    public TcpOptions Tcp { get; init; } = new();

    [Range(1, RtdeLimits.FrequencyMax)]
    [Description("Packages a second: 500, 250, 125, 100, 50, 25, 20, 10, 5, 4, 2 or 1; controllers before the e-Series send 125 at most. Every package is a sample of each signal.")]
    public int Frequency { get; init; } = 125;

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [Description("So long after the link was lost the last values are kept as Uncertain; then the signals are Bad.")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    [Required]
    [MinLength(1)]
    [Description("Groups of signals by id; those of a group are taken at one rhythm.")]
    public IReadOnlyDictionary<string, RtdeGroupOptions> Groups { get; init; } = new Dictionary<string, RtdeGroupOptions>();

    internal string Address => string.Create(CultureInfo.InvariantCulture, $"{Tcp.Host}:{Port}");

    /// <summary>What the controller is asked for: the timestamp, by which lost packages are noticed, then each field once.</summary>
    internal IReadOnlyList<string> Recipe =>
        [RtdeFields.Timestamp, .. Groups.Values.SelectMany(group => group.Signals.Values).Select(signal => signal.FieldName.Name).Where(name => name != RtdeFields.Timestamp).Distinct()];

    private int Port => Tcp.Port ?? RtdeLimits.Port;

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries()
    {
        foreach (var (id, group) in Groups)
        {
            foreach (var (signal, options) in group.Signals)
            {
                yield return new SignalEntry(id, TimeSpan.FromSeconds((double)group.EveryAt(Frequency) / Frequency), signal, options);
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        CheckConnection(mistakes);
        foreach (var entry in Entries())
        {
            ((RtdeSignalOptions)entry.Options).CheckIn(mistakes.Under(entry.Path));
        }

        var names = Recipe.Sum(name => name.Length + 1) - 1;
        if (names > RtdeLimits.NamesBytesMax)
        {
            mistakes.Add(
                $"the names of the fields are {names} bytes together and a controller takes {RtdeLimits.NamesBytesMax}; spread the signals over two devices with the same \"tcp\", each has a connection of its own",
                "groups");
        }
    }

    internal IByteLink OpenLink(CancellationToken cancellationToken) => TcpLink.Connect(Tcp.Host, Port, ConnectTimeout, cancellationToken);

    private void CheckConnection(Mistakes mistakes)
    {
        // What is out of 1 to 500 altogether has its own sentence.
        if (Frequency is >= 1 and <= RtdeLimits.FrequencyMax && RtdeLimits.FrequencyMax % Frequency != 0)
        {
            var below = Enumerable.Range(1, Frequency).Last(hertz => RtdeLimits.FrequencyMax % hertz == 0);
            var above = Enumerable.Range(Frequency, RtdeLimits.FrequencyMax).First(hertz => RtdeLimits.FrequencyMax % hertz == 0);
            mistakes.Add($"a controller sends in one of so many cycles of 2 ms, and {Frequency} a second are none of them; write {below} or {above}", "frequency");
        }

        // The dashboard and the ports that take URScript: what is sent there moves the arm, past every rule of the command gate.
        if (RobotPorts.TakesOrders(Tcp.Port))
        {
            mistakes.Add($"port {Tcp.Port} takes a robot's commands, which only the command gate may send; RTDE is on {RtdeLimits.Port}, remove \"port\"", "tcp", "port");
        }
    }
}
