using System.Globalization;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>
/// Reads one controller of Universal Robots over RTDE: every package is a sample of each signal. The controller drops a client that does not
/// read fast enough, so all that has come is taken before the next wait. Nothing is ever written to the robot.
/// </summary>
public sealed class RtdeDriver : ILinkDriver
{
    public static readonly DriverKind Kind = new(
        "rtde",
        typeof(RtdeOptions),
        device => ((RtdeOptions)device).Address,
        (_, _) => null,
        (devices, writer, statistics, _) => new RtdeDriver(devices[0], writer, statistics.Rtde!))
    {
        HasLinkOfItsOwn = true,
        Patience = static device => PatienceOf((RtdeOptions)device),
        StatisticsBytes = static _ => RtdeStatistics.BytesNeeded,
        Statistics = static (_, memory) => new DriverStatistics { Rtde = new RtdeStatistics(memory) },
    };

    /// <summary>One step waits no longer, so that a stop is seen well within a second.</summary>
    private const long WaitNanos = 50_000_000;

    /// <summary>A stream this long silent is broken; TCP itself makes good what is lost on the wire in less.</summary>
    private const long SilenceNanos = 1_000_000_000;

    /// <summary>Of the slowest streams, so many packages may be missing before the link is taken for lost.</summary>
    private const int SilentPeriods = 5;

    /// <summary>RTDE restarts once while a controller boots: a stream is believed after so long (2.2 of the reference) ...</summary>
    private const long BelievedAfterNanos = 1_000_000_000;

    /// <summary>... or when the controller runs for longer than its boot takes.</summary>
    private const long BootNanos = 40_000_000_000;

    /// <summary>A text that came so shortly before the end most likely says why.</summary>
    private const long LastWordsNanos = 5_000_000_000;

    /// <summary>Each try leaves out what was refused before; a controller that refuses more each time is not to hold us.</summary>
    private const int SetUpsMax = 3;

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, IByteLink> _open;
    private readonly RtdeOptions _options;
    private readonly RtdePlan _plan;
    private readonly RtdeFeed _feed;
    private readonly long _periodNanos;
    private IByteLink? _link;
    private RtdeClient? _client;
    private long _textsNoted;
    private long _textMonoNanos;
    private long _startedMonoNanos;
    private long _heardMonoNanos;
    private int _refusalsSaid;

    internal RtdeDriver(DeviceBinding device, SampleWriter writer, RtdeStatistics statistics, Func<CancellationToken, IByteLink>? open = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statistics);
        _options = (RtdeOptions)device.Options;
        _open = open ?? _options.OpenLink;
        _plan = new RtdePlan(device);
        Statistics = statistics;
        Statistics.TakeOver();
        _feed = new RtdeFeed(_plan, writer, Statistics);
        _periodNanos = 1_000_000_000L / _options.Frequency;
    }

    public RtdeStatistics Statistics { get; }

    /// <inheritdoc/>
    public bool HasAnswered { get; private set; }

    /// <inheritdoc/>
    public bool IsOverdue { get; private set; }

    /// <inheritdoc/>
    public void Connect() => Connect(static () => { });

    /// <inheritdoc/>
    public void Connect(Action whileWaiting)
    {
        Disconnect();
        try
        {
            var refusals = new Dictionary<string, uint>();
            var recipe = SetUp(refusals, whileWaiting);
            _plan.Bind(recipe, refusals);
            _feed.Begin(RtdePlan.TimestampOffset(recipe));
            _client!.Start();
        }
        catch (IOException cause) when (cause is LinkBrokenException or RtdeRefusedException)
        {
            throw Lost(cause);
        }

        Statistics.CountConnect();
        Statistics.SetFieldsRefused(_plan.Refused.Count);
        _refusalsSaid = 0;
        _startedMonoNanos = MonoClock.NowNanos();
        _heardMonoNanos = _startedMonoNanos;
    }

    /// <inheritdoc/>
    public long Step(long monoNow)
    {
        var client = _client ?? throw new InvalidOperationException("The driver steps before it is connected.");
        try
        {
            SayRefusals(monoNow);
            Pump(client, monoNow + WaitNanos);
            NoteText(client);
            return Watch(Math.Max(monoNow, MonoClock.NowNanos()));
        }
        catch (LinkBrokenException broken)
        {
            throw Lost(broken);
        }
    }

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public bool Doubt(long monoNow) => _feed.DoubtAll();

    /// <inheritdoc/>
    public void Disconnect()
    {
        HasAnswered = false;
        IsOverdue = false;
        _client = null;
        _link?.Dispose();
        _link = null;
    }

    public void Dispose()
    {
        Disconnect();
        _stop.Dispose();
    }

    private static LinkPatience PatienceOf(RtdeOptions options) => new()
    {
        PauseMax = TimeSpan.FromSeconds(1),

        // A version or a setting that a person must change; a controller that boots refuses once or twice without meaning it.
        PauseRefused = TimeSpan.FromSeconds(10),
        Jitter = 0.2,
        Grace = options.Grace,
    };

    /// <summary>
    /// A field that the controller does not give makes its whole recipe useless: the rest is asked for again, on a new connection, for no
    /// controller promises to forget the first recipe.
    /// </summary>
    private RtdeRecipe SetUp(Dictionary<string, uint> refusals, Action whileWaiting)
    {
        for (var i = 0; i < SetUpsMax; i++)
        {
            var client = Open(whileWaiting);
            var recipe = client.SetUpOutputs(_options.Frequency, [.. _plan.Names.Where(name => !refusals.ContainsKey(name))]);
            if (recipe.IsUsable)
            {
                return recipe;
            }

            foreach (var field in recipe.Fields.Where(static field => field.Type is null))
            {
                refusals.Add(field.Name, RtdeStatus.Of(field.Answer));
            }

            if (refusals.Count == _plan.Names.Count)
            {
                throw new RtdeRefusedException(
                    $"{_options.Address} knows none of the fields that are asked for, {string.Join(", ", refusals.Keys.Take(SetUpsMax))} ... Compare \"field\" with the RTDE guide of the controller's version {Statistics.ControllerVersion}.");
            }
        }

        throw new RtdeRefusedException($"{_options.Address} refuses other fields each time it is asked. Look at the controller's log on its pendant.");
    }

    private RtdeClient Open(Action whileWaiting)
    {
        Disconnect();
        _link = _open(_stop.Token);
        var client = new RtdeClient(_link, _options.Address, _stop.Token) { WhileWaiting = whileWaiting };
        _client = client;
        _textsNoted = 0;
        client.Negotiate();
        Statistics.ControllerVersion = client.AskControllerVersion().ToString();
        return client;
    }

    /// <summary>Waits for the first package, then takes all that is there; whoever sends without end does not hold us longer than a wait.</summary>
    private void Pump(RtdeClient client, long untilMonoNanos)
    {
        var waitMonoNanos = untilMonoNanos;
        while (client.TryReadData(waitMonoNanos, out var values))
        {
            _feed.Take(values, client.ArrivalMonoNanos);
            _heardMonoNanos = client.ArrivalMonoNanos;
            if (_heardMonoNanos >= untilMonoNanos)
            {
                return;
            }

            waitMonoNanos = 0;
        }
    }

    private long Watch(long monoNow)
    {
        var silentNanos = monoNow - _heardMonoNanos;
        if (silentNanos >= Math.Max(SilenceNanos, SilentPeriods * _periodNanos))
        {
            throw new LinkBrokenException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_options.Address} has stopped sending without a word for {silentNanos / 1e9:0.#} s. The connection is opened anew; check that the controller is on and that the network leads there."));
        }

        IsOverdue = silentNanos >= Math.Max(SilenceNanos / 4, SilentPeriods * _periodNanos / 2);
        var isHeard = _heardMonoNanos > _startedMonoNanos;
        HasAnswered |= isHeard && (_feed.TimestampNanos >= BootNanos || _heardMonoNanos - _startedMonoNanos >= BelievedAfterNanos);
        return monoNow;
    }

    /// <summary>Once for each connection; what the ring has no room for is said at the next step.</summary>
    private void SayRefusals(long monoNow)
    {
        while (_refusalsSaid < _plan.Refused.Count)
        {
            var (slot, status) = _plan.Refused[_refusalsSaid];
            if (!_feed.Refuse(slot, status, monoNow))
            {
                return;
            }

            _refusalsSaid++;
        }
    }

    private void NoteText(RtdeClient client)
    {
        if (client.TextsReceived == _textsNoted || client.LastText is not { } text)
        {
            return;
        }

        Statistics.CountTexts(client.TextsReceived - _textsNoted);
        Statistics.LastText = $"{text.Source}: {text.Message} ({text.Level})";
        _textsNoted = client.TextsReceived;
        _textMonoNanos = client.ArrivalMonoNanos;
    }

    private LinkLostException Lost(IOException cause)
    {
        var said = "";
        if (_client is { } client)
        {
            NoteText(client);
            var isRecent = MonoClock.NowNanos() - _textMonoNanos < LastWordsNanos;
            said = isRecent && client.LastText is { Level: <= RtdeTextLevel.Warning } text ? $" The controller said \"{text.Message}\"." : "";
        }

        return new LinkLostException(cause.Message + said, cause)
        {
            Refusal = cause is RtdeRefusedException ? LinkRefusal.Client : LinkRefusal.None,
        };
    }
}
