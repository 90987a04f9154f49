using System.Globalization;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.OpenProtocol;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>
/// Listens to a torque driver's controller over Open Protocol: starts a session, subscribes its results and alarms, and acknowledges each when it
/// is in the ring. It sends nothing that selects, enables or moves a tool.
/// </summary>
public sealed class OpenProtocolDriver : ILinkDriver
{
    public static readonly DriverKind Kind = new(
        "open-protocol",
        typeof(OpenProtocolOptions),
        device => ((OpenProtocolOptions)device).LinkKey,
        (_, _) => "a controller has one session for all of its signals; write one device with groups",
        (devices, writer, statistics, _) => new OpenProtocolDriver(devices[0], writer, statistics.OpenProtocol!))
    {
        StatisticsBytes = static _ => OpenProtocolStatistics.BytesNeeded,
        Statistics = static (_, memory) => new DriverStatistics { OpenProtocol = new OpenProtocolStatistics(memory) },
    };

    /// <summary>One step waits no longer, so that a stop is seen well within a second.</summary>
    private const long WaitNanos = 50_000_000;

    /// <summary>A full ring is emptied within a tick or two.</summary>
    private const long FullRingNanos = 10_000_000;

    /// <summary>A command is sent so often before the link counts as lost, as the specification asks.</summary>
    private const int TriesMax = 3;

    private const int SubscriptionExists = 71;

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, IByteLink> _open;
    private readonly OpenProtocolOptions _options;
    private readonly SampleWriter _writer;
    private readonly OpenProtocolSignal[] _signals;
    private readonly MessageInHand _inHand;
    private readonly RecentResults _recent = new();
    private readonly long _timeoutNanos;
    private readonly long _keepAliveNanos;

    private IByteLink? _link;
    private OpenProtocolLink? _session;
    private long _saidMonoNanos;
    private long _heardMonoNanos;

    internal OpenProtocolDriver(
        DeviceBinding device, SampleWriter writer, OpenProtocolStatistics statistics, Func<CancellationToken, IByteLink>? open = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statistics);
        _options = (OpenProtocolOptions)device.Options;
        _open = open ?? _options.OpenLink;
        _writer = writer;
        Statistics = statistics;
        _signals = [.. _options.Entries().Select(entry => Bind(device, entry))];
        _inHand = new MessageInHand(_signals);
        _timeoutNanos = _options.Timeout.Ticks * TimeSpan.NanosecondsPerTick;
        _keepAliveNanos = _options.KeepAlive.Ticks * TimeSpan.NanosecondsPerTick;
    }

    /// <inheritdoc/>
    public bool HasAnswered { get; private set; }

    public OpenProtocolStatistics Statistics { get; }

    private long SilenceNanos => _keepAliveNanos * 3 / 2;

    /// <inheritdoc/>
    public void Connect()
    {
        Disconnect();
        try
        {
            _link = _open(_stop.Token);
            _session = _options.IsSerial ? OpenProtocolLink.ToController(_link) : OpenProtocolLink.OverTcp(_link);
            _heardMonoNanos = MonoClock.NowNanos();
            Ask(_session, OpenProtocolMid.CommunicationStart);
            HasAnswered = true;
            if (Array.Exists(_signals, signal => !signal.IsOfAlarms))
            {
                Ask(_session, OpenProtocolMid.ResultSubscribe);
            }

            if (Array.Exists(_signals, signal => signal.IsOfAlarms))
            {
                Ask(_session, OpenProtocolMid.AlarmSubscribe);
            }
        }
        catch (LinkBrokenException broken)
        {
            throw Lost(broken);
        }
    }

    /// <inheritdoc/>
    public long Step(long monoNow)
    {
        var session = _session ?? throw new InvalidOperationException("The driver steps before it is connected.");
        try
        {
            if (_inHand.Mid != 0)
            {
                Deliver(session);
            }
            else if (session.TryRead(monoNow + WaitNanos, out var header, out var message))
            {
                Take(session, header, message);
            }

            var now = Math.Max(monoNow, MonoClock.NowNanos());
            KeepAlive(session, now);
            return _inHand.Mid != 0 ? now + FullRingNanos : now;
        }
        catch (LinkBrokenException broken)
        {
            throw Lost(broken);
        }
    }

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Disconnect()
    {
        if (HasAnswered)
        {
            SayGoodbye();
        }

        HasAnswered = false;
        _inHand.SessionEnded();
        _session = null;
        _link?.Dispose();
        _link = null;
    }

    public void Dispose()
    {
        Disconnect();
        _stop.Dispose();
    }

    private static OpenProtocolSignal Bind(DeviceBinding device, SignalEntry entry)
    {
        var options = (OpenProtocolSignalOptions)entry.Options;
        var index = device.Plan.Signals.First(signal => signal.Id == entry.Id).Index;
        return new OpenProtocolSignal(index, options.Field ?? throw new InvalidOperationException("A checked signal has its field."), options.TextBytes);
    }

    /// <summary>Sends a command and waits for what answers it; what comes by itself meanwhile is taken.</summary>
    private void Ask(OpenProtocolLink session, int mid)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            Say(session, mid);
            var deadline = MonoClock.NowNanos() + _timeoutNanos;
            for (var now = MonoClock.NowNanos(); now < deadline; now = MonoClock.NowNanos())
            {
                _stop.Token.ThrowIfCancellationRequested();
                if (_inHand.Mid != 0)
                {
                    Deliver(session);
                }

                if (!session.TryRead(Math.Min(deadline, now + WaitNanos), out var header, out var message))
                {
                    continue;
                }

                if (IsAnswer(mid, header, message))
                {
                    return;
                }

                Take(session, header, message);
            }
        }

        throw new LinkBrokenException(
            $"The controller at {_options.LinkKey} does not answer the command {mid:0000}, sent {TriesMax} times. Check that it speaks Open Protocol on this port; it is tried again.");
    }

    /// <summary>True: it is answered as it should be. Throws when the controller refuses it.</summary>
    private bool IsAnswer(int mid, in OpenProtocolHeader header, ReadOnlySpan<byte> message)
    {
        if (header.Mid == OpenProtocolMid.CommunicationStarted && mid == OpenProtocolMid.CommunicationStart)
        {
            return true;
        }

        var isVerdict = header.Mid is OpenProtocolMid.CommandAccepted or OpenProtocolMid.CommandError;
        if (!isVerdict || NumberAt(message, 0, 4) != mid)
        {
            return false;
        }

        var error = header.Mid == OpenProtocolMid.CommandError ? NumberAt(message, 4, 2) : 0;
        if (error is 0 or SubscriptionExists or (long)OpenProtocolError.ResultSubscriptionExists or (long)OpenProtocolError.AlarmSubscriptionExists)
        {
            return true;
        }

        throw new LinkLostException(Refused(mid, (OpenProtocolError)error)) { Refusal = LinkRefusal.Client };
    }

    private static long NumberAt(ReadOnlySpan<byte> message, int at, int width)
    {
        var data = message[OpenProtocolHeader.Bytes..];
        return data.Length >= at + width && OpenProtocolText.TryNumber(data.Slice(at, width), out var number) ? number : -1;
    }

    private string Refused(int mid, OpenProtocolError error)
    {
        var remedy = error == OpenProtocolError.ClientAlreadyConnected
            ? "another client holds its session: end that one, or allow the controller more"
            : "check what the controller's settings allow an integrator";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The controller at {_options.LinkKey} refuses the command {mid:0000} with error {(int)error} ({error}); {remedy}. It is tried again.");
    }

    private void Take(OpenProtocolLink session, in OpenProtocolHeader header, ReadOnlySpan<byte> message)
    {
        _heardMonoNanos = session.ArrivalMonoNanos;
        switch (header.Mid)
        {
            case OpenProtocolMid.Result when _recent.Contains(message):
                Statistics.CountRepeated();
                Say(session, OpenProtocolMid.ResultAcknowledge);
                break;
            case OpenProtocolMid.Result or OpenProtocolMid.Alarm:
                _inHand.Take(header.Mid, message, session.ArrivalMonoNanos);
                Deliver(session);
                break;
            case OpenProtocolMid.AlarmAcknowledged:
                Say(session, OpenProtocolMid.AlarmAcknowledgedAcknowledge);
                break;
            case OpenProtocolMid.AlarmStatus:
                Say(session, OpenProtocolMid.AlarmStatusAcknowledge);
                break;
            default:
                // A keep-alive, or the late answer to a command that was sent again.
                break;
        }
    }

    private void Deliver(OpenProtocolLink session)
    {
        if (!_inHand.TryDeliver(_writer))
        {
            return;
        }

        var isResult = _inHand.Mid == OpenProtocolMid.Result;
        if (isResult)
        {
            _recent.Add(_inHand.Message);
        }

        _inHand.Drop();
        if (!_inHand.IsToAcknowledge)
        {
            return;
        }

        Say(session, isResult ? OpenProtocolMid.ResultAcknowledge : OpenProtocolMid.AlarmAcknowledge);
    }

    private void KeepAlive(OpenProtocolLink session, long monoNow)
    {
        if (monoNow - _saidMonoNanos >= _keepAliveNanos)
        {
            Say(session, OpenProtocolMid.KeepAlive);
        }

        if (monoNow - _heardMonoNanos >= SilenceNanos)
        {
            throw new LinkBrokenException(string.Create(
                CultureInfo.InvariantCulture,
                $"The controller at {_options.LinkKey} has said nothing for {SilenceNanos / 1e9:0.#} s, not even to a keep-alive. The link is opened again; check the controller and the cable."));
        }
    }

    private void Say(OpenProtocolLink session, int mid)
    {
        session.Send(mid);
        _saidMonoNanos = MonoClock.NowNanos();
    }

    private LinkLostException Lost(LinkBrokenException broken)
    {
        // No goodbye on a link that is gone.
        HasAnswered = false;
        return new LinkLostException(broken.Message, broken);
    }

    private void SayGoodbye()
    {
        try
        {
            _session?.Send(OpenProtocolMid.CommunicationStop);
        }
        catch (LinkBrokenException)
        {
            // It knows by the silence then.
        }
    }
}
