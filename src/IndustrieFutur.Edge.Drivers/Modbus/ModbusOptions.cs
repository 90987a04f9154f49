using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>What an integrator writes for a device that speaks Modbus RTU on a serial line or Modbus TCP.</summary>
public sealed class ModbusOptions : DeviceOptions
{
    /// <summary>The port that IANA gave to Modbus.</summary>
    private const int UsualTcpPort = 502;

    /// <summary>Outlasts three scans of a slow PLC; the time on the wire comes on top.</summary>
    private static readonly TimeSpan SerialTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>Outlasts a lost packet, which TCP sends again after 200 ms at first, and lets a stop take under a second.</summary>
    private static readonly TimeSpan TcpTimeout = TimeSpan.FromMilliseconds(800);

    /// <summary>A machine on the plant's network answers in a few; a lost packet is made good by the next try, and a stop does not wait.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(800);

    [Description("The serial line, for Modbus RTU. Devices on one port share it and name the same settings. Either this or \"tcp\".")]
    public SerialOptions? Serial { get; init; }

    [Description("Host and port of the device or its gateway, for Modbus TCP (port 502). Either this or \"serial\".")]
    public TcpOptions? Tcp { get; init; }

    [Range(0, 255)]
    [Description("The device's unit (slave) number: 1 to 247 on a serial line; over TCP mostly 1 or 255, behind a gateway the serial unit.")]
    public int Unit { get; init; } = 1;

    [Required]
    [Range(0, 1)]
    [Description("What the device's manual calls its first register: 1 when \"40001\" or \"register 1\" is the first, 0 when it counts from 0. "
        + "Every address of the device counts from it; there is no safe default, off by one reads a neighbour.")]
    public int? AddressBase { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    [Description("How long the device may think about a request; the time on the wire is added. 300ms on a serial line, 800ms over TCP. "
        + "A stop of the service can take as long as the longest one.")]
    public TimeSpan? Timeout { get; init; }

    [Range(0, 10)]
    [Description("How many more times in a row the device may stay silent before its signals turn Bad and it is only probed every 1 to 10 s. "
        + "2 outlast a disturbance on the line.")]
    public int Retries { get; init; } = 2;

    [Range(1, ModbusLimits.RegistersPerReadMax)]
    [Description("Most registers that the device answers at once. 125 fill a message; some devices take fewer.")]
    public int RegistersPerReadMax { get; init; } = ModbusLimits.RegistersPerReadMax;

    [Range(1, ModbusLimits.BitsPerReadMax)]
    [Description("Most coils or discrete inputs that the device answers at once. 2000 fill a message.")]
    public int BitsPerReadMax { get; init; } = ModbusLimits.BitsPerReadMax;

    [Range(0, ModbusLimits.RegistersPerReadMax)]
    [Description("Two signals are read by one request when at most so many registers (or 16 times as many bits) lie between them. "
        + "8 cost less time than a request more; 0 where reading a register has an effect.")]
    public int GapMax { get; init; } = 8;

    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    [Description("Least time between an answer of this device and the next request to it, for slow devices.")]
    public TimeSpan Pause { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    [Description("Pause after a broadcast on a serial line, in which every unit does what it was told.")]
    public TimeSpan Turnaround { get; init; } = TimeSpan.FromMilliseconds(100);

    [Description("Drop our own bytes when a two-wire adapter hears itself. Serial line only.")]
    public bool StripEcho { get; init; }

    [Required]
    [MinLength(1)]
    [Description("Groups of signals by id; those of a group are read together.")]
    public IReadOnlyDictionary<string, GroupOptions<ModbusSignalOptions>> Groups { get; init; } =
        new Dictionary<string, GroupOptions<ModbusSignalOptions>>();

    [MaxLength(64)]
    [Description("What commands may write, by id: holding registers and coils, each declared. Nothing else of the device is ever written.")]
    public IReadOnlyDictionary<string, ModbusTargetOptions> Targets { get; init; } = new Dictionary<string, ModbusTargetOptions>();

    internal TimeSpan AnswerTimeout => Timeout ?? (Tcp is null ? SerialTimeout : TcpTimeout);

    /// <summary>What devices on the same line or connection have in common.</summary>
    internal string LinkKey => Tcp is { } tcp ? $"{tcp.Host}:{TcpPort(tcp)}" : Serial?.Port ?? "";

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries()
    {
        foreach (var (group, options) in Groups)
        {
            foreach (var (id, signal) in options.Signals)
            {
                yield return new SignalEntry(group, options.Interval, id, signal);
            }
        }
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string TargetTerms => $"addressBase {AddressBase}";

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, TargetOptions>> CommandTargets() =>
        Targets.Select(target => KeyValuePair.Create<string, TargetOptions>(target.Key, target.Value));

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        CheckLink(mistakes);
        foreach (var entry in Entries())
        {
            var signal = (ModbusSignalOptions)entry.Options;
            signal.CheckIn(this, mistakes.Under(entry.Path));
        }

        foreach (var (id, target) in Targets)
        {
            target.CheckIn(this, mistakes.Under("targets", id));
        }
    }

    /// <summary>What two devices on one link say differently; null when they agree.</summary>
    internal string? QuarrelWith(ModbusOptions other)
    {
        if (Serial is { } mine && other.Serial is { } theirs)
        {
            return SerialOptions.Quarrel(mine, theirs)
                ?? (StripEcho == other.StripEcho ? null : "one says \"stripEcho\" and the other does not; an adapter hears itself or does not, say the same");
        }

        return null;
    }

    internal IByteLink OpenLink(CancellationToken cancellationToken) => Tcp is { } tcp
        ? TcpLink.Connect(tcp.Host, TcpPort(tcp), ConnectTimeout, cancellationToken)
        : (Serial ?? throw new InvalidOperationException("A checked device has a link.")).Open();

    /// <summary>How the client speaks on the link of these devices, of which this is the first.</summary>
    internal ModbusClientSettings ClientSettings(IEnumerable<ModbusOptions> devices)
    {
        var turnaround = devices.Max(device => device.Turnaround);
        return Serial is not { } serial
            ? ModbusClientSettings.Tcp()
            : new ModbusClientSettings
            {
                Framing = ModbusFraming.Rtu,
                FrameGapNanos = serial.FrameGapNanos,
                CharacterNanos = serial.CharacterNanos,
                Turnaround = turnaround,
                StripEcho = StripEcho,
            };
    }

    private static int TcpPort(TcpOptions tcp) => tcp.Port ?? UsualTcpPort;

    private void CheckLink(Mistakes mistakes)
    {
        if (Serial is null && Tcp is null)
        {
            mistakes.Add("the device has no link; write \"serial\": {\"port\": ..., \"settings\": \"19200 8E1\"} or \"tcp\": {\"host\": ...}", "serial");
        }

        if (Serial is not null && Tcp is not null)
        {
            mistakes.Add("the device has two links, \"serial\" and \"tcp\"; remove one", "tcp");
        }

        // A written value's bytes may be a line of text, and a robot takes that for an order.
        if (RobotPorts.TakesOrders(Tcp?.Port))
        {
            mistakes.Add(RobotPorts.Refusal(Tcp?.Port), "tcp", "port");
        }

        if (Tcp is not null && StripEcho)
        {
            mistakes.Add("only a serial line has an echo; remove \"stripEcho\"", "stripEcho");
        }

        // What is out of 0 to 255 altogether has its own sentence.
        if (Tcp is null && (Unit == ModbusLimits.BroadcastUnit || Unit is > ModbusLimits.SerialUnitMax and <= byte.MaxValue))
        {
            mistakes.Add($"{Unit} is no unit of a serial line; write 1 to 247 (0 speaks to all, and nobody answers)", "unit");
        }
    }
}
