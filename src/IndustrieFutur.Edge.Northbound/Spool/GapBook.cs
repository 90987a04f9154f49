using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>The gaps of one stream: numbers that will never come, and why, kept until every historian has passed them. Under its stream's lock.</summary>
internal sealed class GapBook(SinkCursor[] cursors)
{
    /// <summary>Gaps kept apart; beyond, two neighbours become one. A historian takes a gap over what it has for nothing new.</summary>
    private const int GapsMax = 256;

    private readonly List<GapRecord> _gaps = [];

    public IReadOnlyList<GapRecord> All => _gaps;

    /// <summary>
    /// One number more, as part of the last gap when it follows on it; a sink that has it need not hear of it. Returns what <see cref="Add"/>
    /// returns.
    /// </summary>
    public SequenceRange Extend(ulong number, byte cause)
    {
        var isMore = _gaps.Count > 0 && _gaps[^1].To + 1 == number && _gaps[^1].Cause == cause;
        var gap = isMore ? _gaps[^1] : new GapRecord(number, number, cause, cursors.Length);
        for (var i = 0; i < cursors.Length; i++)
        {
            if (cursors[i].Has(number) && !(isMore && gap.IsDue(i)))
            {
                gap.NoteSent(i, number);
            }
        }

        gap.To = number;
        return isMore ? default : Keep(gap);
    }

    /// <summary>A gap more. When there were too many, what lies between two that became one is returned: it counts as dropped now.</summary>
    /// <param name="from">Its first number.</param>
    /// <param name="to">Its last.</param>
    /// <param name="cause">Why.</param>
    /// <param name="only">The one outlet that is to be told; below 0: all.</param>
    public SequenceRange Add(ulong from, ulong to, byte cause, int only = -1)
    {
        var gap = new GapRecord(from, to, cause, cursors.Length);
        for (var i = 0; only >= 0 && i < cursors.Length; i++)
        {
            if (i != only)
            {
                gap.NoteSent(i, to);
            }
        }

        return Keep(gap);
    }

    /// <summary>The next gap to be sent to an outlet, from where it was not sent yet and below a limit; it counts as sent then.</summary>
    public bool TryTake(int outlet, ulong limit, out SequenceRange range, out byte cause)
    {
        for (var i = 0; i < _gaps.Count; i++)
        {
            var gap = _gaps[i];
            if (gap.IsDue(outlet) && gap.DueFrom(outlet) < limit)
            {
                (range, cause) = (new SequenceRange(gap.DueFrom(outlet), Math.Min(gap.To, limit - 1)), gap.Cause);
                gap.NoteSent(outlet, range.Last);
                return true;
            }
        }

        (range, cause) = (default, 0);
        return false;
    }

    /// <summary>Why the first number of a range will never come, and how far in it that goes.</summary>
    public (ulong Last, byte Cause) CauseOf(SequenceRange range)
    {
        foreach (var gap in _gaps)
        {
            if (gap.From <= range.First && gap.To >= range.First)
            {
                return (Math.Min(gap.To, range.Last), gap.Cause);
            }
        }

        return (range.Last, (byte)DropCause.Damaged);
    }

    /// <summary>How many numbers from one on the gaps speak of.</summary>
    public ulong CountFrom(ulong first)
    {
        var count = 0ul;
        foreach (var gap in _gaps)
        {
            count += gap.To < first ? 0 : gap.To - Math.Max(gap.From, first) + 1;
        }

        return count;
    }

    /// <summary>Whoever asked for these numbers hears of their gaps again.</summary>
    public void SendAgain(int outlet, SequenceRange range)
    {
        foreach (var gap in _gaps)
        {
            if (gap.From <= range.Last && gap.To >= range.First)
            {
                gap.SendAgain(outlet);
            }
        }
    }

    /// <summary>What of a range no gap speaks of.</summary>
    public SequenceRange[] Unexplained(SequenceRange range) => UnexplainedBy(range, cause: 0);

    /// <summary>The same, as if there were no gaps of that cause.</summary>
    public SequenceRange[] UnexplainedBy(SequenceRange range, byte cause)
    {
        var known = new SequenceSet();
        foreach (var gap in _gaps.Where(gap => gap.Cause != cause))
        {
            known.Add(new SequenceRange(gap.From, gap.To));
        }

        return [.. known.Missing(range)];
    }

    public bool Has(ulong number, byte cause) => _gaps.Exists(gap => gap.Cause == cause && number >= gap.From && number <= gap.To);

    /// <summary>A gap that was sent, and that everybody has passed, has done its work.</summary>
    public void ForgetUpTo(ulong low)
    {
        for (var i = _gaps.Count - 1; i >= 0; i--)
        {
            if (_gaps[i].To <= low && _gaps[i].IsSentEverywhere)
            {
                _gaps.RemoveAt(i);
            }
        }
    }

    private SequenceRange Keep(GapRecord gap)
    {
        _gaps.Add(gap);
        return _gaps.Count <= GapsMax ? default : MergeNearest();
    }

    /// <summary>Two neighbours with the fewest numbers between them.</summary>
    private SequenceRange MergeNearest()
    {
        var best = 0;
        for (var i = 1; i + 1 < _gaps.Count; i++)
        {
            best = Distance(i) < Distance(best) ? i : best;
        }

        var (one, other) = (_gaps[best], _gaps[best + 1]);
        var merged = new GapRecord(Math.Min(one.From, other.From), Math.Max(one.To, other.To), one.Cause, cursors.Length);
        _gaps.RemoveAt(best);
        _gaps[best] = merged;
        return new SequenceRange(merged.From, merged.To);
    }

    private ulong Distance(int at) => _gaps[at + 1].From > _gaps[at].To ? _gaps[at + 1].From - _gaps[at].To : _gaps[at].From - Math.Min(_gaps[at].From, _gaps[at + 1].To);
}
