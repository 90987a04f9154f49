using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>The gaps of one stream: numbers that will never come, and why, kept until every historian has passed them. Under its stream's lock.</summary>
internal sealed class GapBook
{
    /// <summary>Gaps kept apart; beyond, the two oldest become one. A historian takes a gap over what it has for nothing new.</summary>
    private const int GapsMax = 256;

    private readonly List<GapRecord> _gaps = [];

    public IReadOnlyList<GapRecord> All => _gaps;

    /// <summary>One number more, as part of the last gap when it follows on it.</summary>
    public void Extend(ulong number, byte cause)
    {
        if (_gaps.Count > 0 && _gaps[^1].To + 1 == number && _gaps[^1].Cause == cause)
        {
            _gaps[^1].To = number;
            return;
        }

        Add(new GapRecord(number, number, cause));
    }

    public void Add(GapRecord gap)
    {
        _gaps.Add(gap);
        if (_gaps.Count <= GapsMax)
        {
            return;
        }

        var merged = new GapRecord(Math.Min(_gaps[0].From, _gaps[1].From), Math.Max(_gaps[0].To, _gaps[1].To), _gaps[0].Cause);
        _gaps.RemoveAt(0);
        _gaps[0] = merged;
    }

    /// <summary>The next gap to be sent, from where it was not sent yet; it counts as sent then.</summary>
    public bool TryTake(out SequenceRange range, out byte cause)
    {
        for (var i = 0; i < _gaps.Count; i++)
        {
            var gap = _gaps[i];
            if (gap.SentTo < gap.To)
            {
                range = new SequenceRange(Math.Max(gap.From, gap.SentTo + 1), gap.To);
                cause = gap.Cause;
                gap.SentTo = gap.To;
                return true;
            }
        }

        range = default;
        cause = 0;
        return false;
    }

    /// <summary>Whoever asked for these numbers hears of their gaps again.</summary>
    public void SendAgain(SequenceRange range)
    {
        foreach (var gap in _gaps)
        {
            if (gap.From <= range.Last && gap.To >= range.First)
            {
                gap.SentTo = 0;
            }
        }
    }

    /// <summary>What of a range no gap speaks of.</summary>
    public SequenceRange[] Unexplained(SequenceRange range)
    {
        var known = new SequenceSet();
        foreach (var gap in _gaps)
        {
            known.Add(new SequenceRange(gap.From, gap.To));
        }

        return [.. known.Missing(range)];
    }

    /// <summary>A gap that was sent, and that everybody has passed, has done its work.</summary>
    public void ForgetUpTo(ulong low)
    {
        for (var i = _gaps.Count - 1; i >= 0; i--)
        {
            if (_gaps[i].To <= low && _gaps[i].SentTo >= _gaps[i].To)
            {
                _gaps.RemoveAt(i);
            }
        }
    }
}
