namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>What a segment holds of one stream: from which number to which, now and then where one begins, and gaps.</summary>
internal sealed class SegmentStream(LogStream stream)
{
    /// <summary>A reader looks through at most so much before it comes to what it wants: a millisecond. A mark for each record would not fit into memory.</summary>
    private const long MarkEvery = 1 << 20;

    private readonly List<(ulong First, long Offset)> _marks = [];
    private readonly List<LogGap> _gaps = [];

    public LogStream Stream { get; } = stream;

    /// <summary>The first sample's number; larger than <see cref="Last"/> when it holds gaps only.</summary>
    public ulong First { get; private set; } = ulong.MaxValue;

    public ulong Last { get; private set; }

    /// <summary>Needed until the stream is released so far.</summary>
    public ulong NeededTo { get; private set; }

    public IReadOnlyList<LogGap> Gaps => _gaps;

    public void Note(in LogGap range, long offset)
    {
        NeededTo = Math.Max(NeededTo, range.To);
        if (range.Cause != 0)
        {
            _gaps.Add(range);
            return;
        }

        First = Math.Min(First, range.From);
        Last = Math.Max(Last, range.To);
        if (_marks.Count == 0 || offset - _marks[^1].Offset >= MarkEvery)
        {
            _marks.Add((range.From, offset));
        }
    }

    /// <summary>Where to begin to look for a number.</summary>
    public long OffsetBefore(ulong number)
    {
        var offset = _marks[0].Offset;
        foreach (var mark in _marks)
        {
            if (mark.First > number)
            {
                break;
            }

            offset = mark.Offset;
        }

        return offset;
    }
}
