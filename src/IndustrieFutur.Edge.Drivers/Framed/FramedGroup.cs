using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>The signals of one message, and when it is next asked for.</summary>
internal sealed class FramedGroup
{
    /// <summary>A device that stays silent is still asked so often: one that comes back speaks again within seconds.</summary>
    private const long PauseMaxNanos = 5_000_000_000;

    /// <summary>Beyond sixteen doublings every pause is the longest.</summary>
    private const int DoublingsMax = 16;

    private readonly FramedSignal[] _signals;
    private readonly SampleWriter _writer;
    private readonly long _intervalNanos;
    private int _silences;
    private bool _isMarked;

    public FramedGroup(FramedGroupOptions options, FramedSignal[] signals, SampleWriter writer)
    {
        _signals = signals;
        _writer = writer;
        _intervalNanos = options.Interval.Ticks * TimeSpan.NanosecondsPerTick;
        Request = FrameOptions.Bytes(options.Request ?? "");
    }

    /// <summary>What is sent to get the message; empty: it comes by itself.</summary>
    public byte[] Request { get; }

    public bool Listens => Request.Length == 0;

    /// <summary>When the next request is due.</summary>
    public long DueMonoNanos { get; private set; }

    /// <summary>A new connection: everything is due.</summary>
    public void Restart(long monoNow)
    {
        DueMonoNanos = Listens ? long.MaxValue : monoNow;
        _silences = 0;
    }

    /// <summary>Writes the signals that the message carries; false: it carries none of them, it is another message.</summary>
    public bool TryTake(ReadOnlySpan<byte> frame, long arrivalMonoNanos)
    {
        var isTaken = false;
        foreach (var signal in _signals)
        {
            if (signal.IsIn(frame))
            {
                signal.Write(frame, _writer, arrivalMonoNanos);
                isTaken = true;
            }
        }

        if (isTaken)
        {
            _silences = 0;
            _isMarked = false;
        }

        return isTaken;
    }

    /// <summary>The answer came: the next request is due at the next beat, and those that had passed meanwhile are not caught up.</summary>
    public void Answered(long monoNow)
    {
        var beats = Math.Max(0, monoNow - DueMonoNanos) / _intervalNanos;
        DueMonoNanos += (beats + 1) * _intervalNanos;
    }

    /// <summary>No answer came: the signals go Bad once, and the device is asked more and more seldom.</summary>
    public void NotAnswered(long monoNow)
    {
        MarkBad(monoNow);
        var doublings = Math.Min(_silences, DoublingsMax);
        _silences++;
        DueMonoNanos = monoNow + Math.Max(_intervalNanos, Math.Min(_intervalNanos << doublings, PauseMaxNanos));
    }

    /// <summary>Its signals were marked by the runner.</summary>
    public void NoteMarked() => _isMarked = true;

    /// <summary>The device is silent: said once, until it speaks again.</summary>
    public void MarkBad(long monoNow)
    {
        if (_isMarked)
        {
            return;
        }

        _isMarked = true;
        foreach (var signal in _signals)
        {
            signal.WriteBad(_writer, StatusCode.BadNoCommunication, monoNow);
        }
    }
}
