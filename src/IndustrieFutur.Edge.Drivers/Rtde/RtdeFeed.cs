using System.Buffers.Binary;
using IndustrieFutur.Edge.Core;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>
/// Makes samples of the packages of one controller, straight from the buffer they came in: by fixed offsets, without a byte of garbage. It
/// keeps the last value of each signal, to mark it when packages are missing behind it. Memory is taken at start-up.
/// </summary>
[HotPath]
internal sealed class RtdeFeed
{
    /// <summary>A timestamp of a hundred years is none: its nanoseconds would not fit.</summary>
    private const double TimestampSecondsMax = 3_000_000_000;

    private readonly RtdeSlot[] _slots;
    private readonly RtdeRhythm[] _rhythms;
    private readonly SampleWriter _writer;
    private readonly RtdeStatistics _statistics;
    private readonly RtdeSteps _steps = new();
    private readonly RtdeClock _clock = new();
    private readonly long[] _bits;
    private readonly bool[] _isKnown;
    private readonly bool[] _isMarked;
    private int _timestampOffset;
    private long _lastSourceMonoNanos;

    public RtdeFeed(RtdePlan plan, SampleWriter writer, RtdeStatistics statistics)
    {
        _slots = plan.Slots;
        _rhythms = plan.Rhythms;
        _writer = writer;
        _statistics = statistics;
        _bits = new long[_slots.Length];
        _isKnown = new bool[_slots.Length];
        _isMarked = new bool[_slots.Length];
    }

    /// <summary>The controller's clock as the last package showed it; 0 until one came.</summary>
    public long TimestampNanos { get; private set; }

    /// <summary>A connection begins, in whose packages the timestamp lies there (-1: nowhere).</summary>
    public void Begin(int timestampOffset)
    {
        _timestampOffset = timestampOffset;
        TimestampNanos = 0;
        _steps.Restart();
        _clock.Restart();
    }

    /// <summary>The controller does not give it, and this is why. False: the ring was full, say it again.</summary>
    public bool Refuse(int slot, uint status, long monoNow)
    {
        _isKnown[slot] = false;
        return _writer.Write(_slots[slot].Signal, status, 0, monoNow);
    }

    /// <summary>The values of one package, of which every offset was computed from the recipe that the controller answered.</summary>
    public void Take(ReadOnlySpan<byte> values, long arrivalMonoNanos)
    {
        var sourceMonoNanos = SourceOf(values, arrivalMonoNanos, out var missing);
        var sourceUtcNanos = _writer.ToUtc(sourceMonoNanos);
        for (var i = 0; i < _rhythms.Length; i++)
        {
            ref var rhythm = ref _rhythms[i];
            rhythm.Left -= missing;
            if (rhythm.Left < 0)
            {
                // The package that was to be taken is among the missing.
                Doubt(rhythm.First, rhythm.Count);
            }

            if (rhythm.Left > 0)
            {
                rhythm.Left--;
                continue;
            }

            rhythm.Left = rhythm.Every - 1;
            Write(rhythm.First, rhythm.Count, values, sourceUtcNanos, arrivalMonoNanos);
        }

        _lastSourceMonoNanos = sourceMonoNanos;
        _statistics.CountPackage(_steps.PeriodNanos, arrivalMonoNanos - sourceMonoNanos);
    }

    /// <summary>The link is lost: the last values are doubted from the moment on at which they held. True when one was not yet.</summary>
    public bool DoubtAll() => Doubt(0, _slots.Length);

    /// <summary>When the controller says that the package was made, on our clock; without a timestamp, when it came.</summary>
    private long SourceOf(ReadOnlySpan<byte> values, long arrivalMonoNanos, out long missing)
    {
        missing = 0;
        if (_timestampOffset < 0)
        {
            return _clock.Rising(arrivalMonoNanos);
        }

        var seconds = BinaryPrimitives.ReadDoubleBigEndian(values[_timestampOffset..]);
        if (!(seconds >= 0 && seconds < TimestampSecondsMax))
        {
            return _clock.Rising(arrivalMonoNanos);
        }

        TimestampNanos = (long)((seconds * 1e9) + 0.5);
        missing = Missing();
        return _clock.ToMono(TimestampNanos, arrivalMonoNanos);
    }

    private long Missing()
    {
        var missing = _steps.Take(TimestampNanos);
        if (missing == 0)
        {
            return 0;
        }

        if (missing > 0)
        {
            _statistics.CountGap(missing);
            return missing;
        }

        // How many packages fell into its restart nobody knows.
        _clock.Restart();
        _statistics.CountRestart();
        DoubtAll();
        return 0;
    }

    private void Write(int first, int count, ReadOnlySpan<byte> values, long sourceUtcNanos, long arrivalMonoNanos)
    {
        for (var slot = first; slot < first + count; slot++)
        {
            ref var place = ref _slots[slot];
            if (place.Reading == RtdeReading.None)
            {
                continue;
            }

            var bits = Read(place, values);
            _bits[slot] = bits;
            _isKnown[slot] = true;
            _isMarked[slot] = false;
            _writer.Write(place.Signal, StatusCode.Good, bits, sourceUtcNanos, arrivalMonoNanos);
        }
    }

    private static long Read(in RtdeSlot place, ReadOnlySpan<byte> values)
    {
        var at = values[place.Offset..];
        var bits = place.Reading switch
        {
            RtdeReading.Bool => at[0] != 0 ? 1 : 0,
            RtdeReading.UInt8 => at[0],
            RtdeReading.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(at),
            RtdeReading.Int32 => BinaryPrimitives.ReadInt32BigEndian(at),
            RtdeReading.Norm => BitConverter.DoubleToInt64Bits(Norm(at)),
            _ => BinaryPrimitives.ReadInt64BigEndian(at),
        };
        if (place.Mask == 0)
        {
            return bits;
        }

        return ((ulong)bits & place.Mask) != 0 ? 1 : 0;
    }

    private static double Norm(ReadOnlySpan<byte> at)
    {
        var x = BinaryPrimitives.ReadDoubleBigEndian(at);
        var y = BinaryPrimitives.ReadDoubleBigEndian(at[8..]);
        var z = BinaryPrimitives.ReadDoubleBigEndian(at[16..]);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    /// <summary>Marked only when the ring took the mark: the next doubt tries again.</summary>
    private bool Doubt(int first, int count)
    {
        var isNews = false;
        var utcNanos = _writer.ToUtc(_lastSourceMonoNanos);
        for (var slot = first; slot < first + count; slot++)
        {
            if (_isKnown[slot] && !_isMarked[slot])
            {
                isNews = true;
                _isMarked[slot] = _writer.Write(_slots[slot].Signal, StatusCode.UncertainLastUsableValue, _bits[slot], utcNanos, _lastSourceMonoNanos);
            }
        }

        return isNews;
    }
}
