using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>
/// Asks a device for its messages, one request at a time, and takes those that come by themselves. What a message carries and where
/// is all in the configuration.
/// </summary>
public sealed partial class FramedDriver : ILinkDriver
{
    public static readonly DriverKind Kind = new(
        "framed",
        typeof(FramedOptions),
        device => ((FramedOptions)device).LinkKey,
        (_, _) => "devices with messages of their own cannot share a line; write one device with a group for each message",
        (devices, writer, _, _) => new FramedDriver(devices[0], writer));

    /// <summary>One step waits no longer, so that a stop is seen well within a second whatever the device's timeout.</summary>
    private const long WaitNanos = 50_000_000;

    /// <summary>Where something can be commanded a step waits no longer: an order waits behind it.</summary>
    private const long WaitBeforeOrdersNanos = 10_000_000;

    /// <summary>A link nothing is asked on is looked at so often: one that is gone shows within a second.</summary>
    private const long LookEveryNanos = 500_000_000;

    /// <summary>A device that talks without pause shows within two characters at 1200 baud, an adapter's 16 ms of latency included.</summary>
    private const long JoinQuietNanos = 35_000_000;

    /// <summary>Where nothing is asked, a link open for so long is a good one: a host that hangs up at once does so within a round trip.</summary>
    private const long StandsAfterNanos = 5_000_000_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, IByteLink> _open;
    private readonly FrameSettings _frames;
    private readonly FramedGroup[] _groups;
    private readonly byte[] _onConnect;
    private readonly long _timeoutNanos;
    private readonly long _silenceNanos;
    private readonly long _waitNanos;
    private readonly bool _listens;
    private readonly bool _asks;
    private readonly bool _joinsLines;

    private IByteLink? _link;
    private FrameReader? _reader;
    private FramedGroup? _asked;
    private long _answerByMonoNanos;
    private long _heardMonoNanos;
    private long _connectedMonoNanos;

    internal FramedDriver(DeviceBinding device, SampleWriter writer, Func<CancellationToken, IByteLink>? open = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(writer);
        var options = (FramedOptions)device.Options;
        _open = open ?? options.OpenLink;
        _frames = options.Frame.ToSettings();
        _groups = [.. options.Groups.Values.Select(group => new FramedGroup(group, Bind(device, group), writer))];
        _onConnect = FrameOptions.Bytes(options.OnConnect);
        _timeoutNanos = options.Timeout.Ticks * TimeSpan.NanosecondsPerTick;
        _silenceNanos = (options.Silence?.Ticks ?? 0) * TimeSpan.NanosecondsPerTick;
        _device = device.Plan.Index;
        _targets = [.. options.Targets.Values.Select(target => new FramedTarget(target, options))];
        _waitNanos = _targets.Length > 0 ? WaitBeforeOrdersNanos : WaitNanos;
        _listens = Array.Exists(_groups, group => group.Listens);
        _asks = Array.Exists(_groups, group => !group.Listens);
        _joinsLines = _listens && options.Serial is not null && _frames.Kind == FrameKind.Line;
    }

    /// <inheritdoc/>
    public bool HasAnswered { get; private set; }

    /// <inheritdoc/>
    public void Connect()
    {
        Disconnect();
        try
        {
            _link = _open(_stop.Token);
            _reader = new FrameReader(_link, _frames);
            if (_joinsLines)
            {
                _reader.Join(JoinQuietNanos);
            }

            _link.Write(_onConnect);
        }
        catch (LinkBrokenException broken)
        {
            NoteLinkLost();
            throw new LinkLostException(broken.Message, broken);
        }

        var now = MonoClock.NowNanos();
        _heardMonoNanos = now;
        _connectedMonoNanos = now;
        foreach (var group in _groups)
        {
            group.Restart(now);
        }
    }

    /// <inheritdoc/>
    public long Step(long monoNow)
    {
        if (_link is not { } link || _reader is not { } reader)
        {
            throw new InvalidOperationException("The driver steps before it is connected.");
        }

        try
        {
            AskIfDue(link, reader, monoNow);
            if (reader.TryRead(WaitUntil(monoNow), out var frame))
            {
                Take(frame, reader.ArrivalMonoNanos);
            }

            return Watch(link, Math.Max(monoNow, MonoClock.NowNanos()));
        }
        catch (LinkBrokenException broken)
        {
            NoteLinkLost();
            throw new LinkLostException(broken.Message, broken);
        }
    }

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Disconnect()
    {
        HasAnswered = false;
        _asked = null;
        _reader = null;
        _link?.Dispose();
        _link = null;
    }

    public void Dispose()
    {
        Disconnect();
        _stop.Dispose();
    }

    private static FramedSignal[] Bind(DeviceBinding device, FramedGroupOptions group) =>
        [.. group.Signals.Select(pair => new FramedSignal(device.Plan.Signals.First(signal => signal.Id == pair.Key).Index, pair.Value))];

    private void AskIfDue(IByteLink link, FrameReader reader, long monoNow)
    {
        if (_asked is not null || NextGroup() is not { } next || next.DueMonoNanos > monoNow)
        {
            return;
        }

        // The late answer to an older request must not pass for this one's; what comes by itself is not thrown away for that.
        if (!_listens)
        {
            reader.Discard();
        }

        link.Write(next.Request);
        _asked = next;
        _answerByMonoNanos = Math.Max(monoNow, MonoClock.NowNanos()) + _timeoutNanos;
    }

    private FramedGroup? NextGroup()
    {
        FramedGroup? next = null;
        foreach (var group in _groups)
        {
            if (!group.Listens && (next is null || group.DueMonoNanos < next.DueMonoNanos))
            {
                next = group;
            }
        }

        return next;
    }

    private long WaitUntil(long monoNow)
    {
        if (_asked is not null)
        {
            return Math.Min(_answerByMonoNanos, monoNow + _waitNanos);
        }

        return _listens ? Math.Min(NextGroup()?.DueMonoNanos ?? long.MaxValue, monoNow + _waitNanos) : monoNow;
    }

    private void Take(ReadOnlySpan<byte> frame, long arrivalMonoNanos)
    {
        if (_asked is { } asked && asked.TryTake(frame, arrivalMonoNanos))
        {
            asked.Answered(arrivalMonoNanos);
            _asked = null;
            HasAnswered = true;
            return;
        }

        _heardMonoNanos = arrivalMonoNanos;
        foreach (var group in _groups)
        {
            if (group.Listens && group.TryTake(frame, arrivalMonoNanos))
            {
                HasAnswered = true;
            }
        }
    }

    /// <summary>The runner marks every signal of a lost link: no group says it again before its device has spoken.</summary>
    private void NoteLinkLost()
    {
        foreach (var group in _groups)
        {
            group.NoteMarked();
        }
    }

    /// <summary>Notices what did not come, and tells when there is something to do again.</summary>
    private long Watch(IByteLink link, long monoNow)
    {
        if (_asked is { } asked && monoNow >= _answerByMonoNanos)
        {
            asked.NotAnswered(monoNow);
            _asked = null;
        }

        HasAnswered |= !_asks && monoNow - _connectedMonoNanos >= StandsAfterNanos;
        if (_silenceNanos > 0 && monoNow - _heardMonoNanos >= _silenceNanos)
        {
            WakeSilentDevice(link, monoNow);
        }

        return _asked is not null || _listens
            ? monoNow
            : Math.Min(NextGroup()?.DueMonoNanos ?? long.MaxValue, monoNow + LookEveryNanos);
    }

    private void WakeSilentDevice(IByteLink link, long monoNow)
    {
        foreach (var group in _groups)
        {
            if (group.Listens)
            {
                group.MarkBad(monoNow);
            }
        }

        link.Write(_onConnect);
        _heardMonoNanos = monoNow;
    }
}
