using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>
/// Reads whole messages from a link, whatever pieces they arrive in, and finds the next one behind noise. It allocates nothing per
/// message; a message is valid until the next call.
/// </summary>
public sealed class FrameReader
{
    private readonly IByteLink _link;
    private readonly IFrameCutter _cutter;
    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private long _readMonoNanos;

    public FrameReader(IByteLink link, FrameSettings settings)
        : this(link, Cutter(settings))
    {
    }

    /// <summary>For messages that are framed as no setting says.</summary>
    internal FrameReader(IByteLink link, IFrameCutter cutter)
    {
        ArgumentNullException.ThrowIfNull(link);
        _link = link;
        _cutter = cutter;

        // Twice the longest frame: one may be looked at while the next arrives, and the rest is moved to the front seldom.
        _buffer = new byte[2 * _cutter.BytesMax];
    }

    /// <summary>
    /// When the last piece of the last message was in hand. Messages that one read brought are a nanosecond apart: two equal ones are
    /// two events of the plant, and with one time for both the second would pass for the first delivered again.
    /// </summary>
    public long ArrivalMonoNanos { get; private set; }

    /// <summary>Bytes that belonged to no message.</summary>
    public long NoiseBytes { get; private set; }

    /// <summary>Beginnings of messages whose check was wrong.</summary>
    public long CheckErrors { get; private set; }

    /// <summary>Messages dropped because they were longer than allowed.</summary>
    public long TooLong { get; private set; }

    /// <summary>
    /// Waits for the next message, at most until the time (<see cref="LinkClock"/>); false: it passed. Throws
    /// <see cref="LinkBrokenException"/> when the link is gone.
    /// </summary>
    public bool TryRead(long untilMonoNanos, out ReadOnlySpan<byte> frame)
    {
        while (!TryCut(out frame))
        {
            MakeRoom();
            var count = _link.Read(_buffer.AsSpan(_end), untilMonoNanos);
            if (count == 0)
            {
                return false;
            }

            _end += count;
            _readMonoNanos = LinkClock.NowNanos();
        }

        ArrivalMonoNanos = Math.Max(_readMonoNanos, ArrivalMonoNanos + 1);
        return true;
    }

    /// <summary>
    /// Just connected to a line that talks by itself: bytes that come within the quiet time are the tail of a message whose head went
    /// by. They are dropped up to the next terminator, for half a number would pass for a whole one.
    /// </summary>
    public void Join(long quietNanos)
    {
        var count = _link.Read(_buffer.AsSpan(_end), LinkClock.NowNanos() + quietNanos);
        if (count > 0)
        {
            _end += count;
            _readMonoNanos = LinkClock.NowNanos();
            _cutter.Reset(isInside: true);
        }
    }

    /// <summary>Throws away what arrived and was not read, half a message included: the late answer to an older request.</summary>
    public void Discard()
    {
        _start = 0;
        _end = 0;
        _cutter.Reset(isInside: false);
        _link.DiscardInput();
    }

    private static IFrameCutter Cutter(FrameSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Kind switch
        {
            FrameKind.Line => new LineCutter(settings.Terminator, settings.BytesMax),
            FrameKind.Stx => new StxCutter(settings.BlockCheck, settings.BytesMax),
            _ => new FixedCutter(settings.Sync, settings.Length, settings.Crc),
        };
    }

    private bool TryCut(out ReadOnlySpan<byte> frame)
    {
        while (true)
        {
            var cut = _cutter.Cut(_buffer.AsSpan(_start, _end - _start));
            frame = cut.IsFrame ? _buffer.AsSpan(_start + cut.Start, cut.Length) : default;
            if (cut.Consumed == 0)
            {
                return false;
            }

            _start += cut.Consumed;
            if (cut.IsFrame)
            {
                return true;
            }

            Count(cut);
        }
    }

    private void Count(FrameCut dropped)
    {
        switch (dropped.Fault)
        {
            case FrameFault.Noise:
                NoiseBytes += dropped.Consumed;
                break;
            case FrameFault.Check:
                CheckErrors++;
                break;
            case FrameFault.TooLong:
                TooLong++;
                break;
            default:
                break;
        }
    }

    /// <summary>A cutter that sees its most bytes decides, so half of the buffer is free after a move.</summary>
    private void MakeRoom()
    {
        if (_end < _buffer.Length && _start < _end)
        {
            return;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
    }
}
