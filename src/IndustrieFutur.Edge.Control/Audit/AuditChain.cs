namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>
/// Follows the chain of an audit line by line, and names what breaks it. A line whose own hash does not hold waits until the next one shows
/// whether it stands in the place of one that was written (changed) or between two (inserted).
/// </summary>
internal sealed class AuditChain(AuditFindings findings, string head)
{
    /// <summary>So many numbers are told apart as moved or missing; a larger hole is missing as a whole.</summary>
    private const int GapMax = 10_000;

    /// <summary>So many lines back one that does not fit is looked for: a file of ours has some 4,000.</summary>
    private const int WindowMax = 8_192;

    private readonly List<AuditPlace> _spoilt = [];
    private readonly List<AuditGap> _gaps = [];
    private readonly Queue<string> _window = new();
    private readonly Dictionary<string, (long Sequence, AuditPlace Place)> _known = new(StringComparer.Ordinal);
    private AuditPlace _firstPlace;
    private AuditPlace _lastPlace;
    private bool _hasHead = head.Length == 0;

    public long Lines { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    public string HeadHash { get; private set; } = AuditLine.NoHash;

    /// <summary>The record when its line is as it was written, wherever it stands; null when not.</summary>
    public AuditRecord? Take(AuditText text)
    {
        if (AuditLine.Read(text.Bytes) is not { } line)
        {
            _spoilt.Add(text.Place);
            _lastPlace = text.Place;
            return null;
        }

        Lines++;
        _hasHead |= head.Length > 0 && line.Hash.StartsWith(head, StringComparison.OrdinalIgnoreCase);
        var isOfChain = First == 0 ? Begin(line, text.Place) : Follow(line, text.Place);
        _lastPlace = text.Place;
        return isOfChain ? line.Record : null;
    }

    /// <param name="gone">Up to which number lines went to make room, as the audit says itself.</param>
    public void End(long gone)
    {
        foreach (var place in _spoilt)
        {
            Changed(place);
        }

        foreach (var gap in _gaps.Where(gap => gap.Missing.Count > 0))
        {
            var (low, high) = (gap.Missing.Min, gap.Missing.Max);
            findings.Add(AuditFault.Removed, gap.Place, $"before this line {(low == high ? $"line {low} is" : $"lines {low} to {high} are")} missing: removed after being written");
        }

        if (First > gone + 1)
        {
            findings.Add(AuditFault.MissingStart, _firstPlace with { Line = 0 }, $"the audit begins with number {First}, and no line says that those before went to make room: its first file or lines are missing");
        }

        if (!_hasHead)
        {
            findings.Add(AuditFault.CutTail, _lastPlace, $"the head {head} is not in the audit, which ends with number {Last}: the end was cut off after that head was published, or it is another edge's head");
        }
    }

    private bool Begin(AuditLine line, AuditPlace place)
    {
        (First, _firstPlace) = (line.Record.Sequence, place);
        if (First == 1 && line.Previous != AuditLine.NoHash)
        {
            Rewritten(place);
        }

        // Lines before it that are spoilt are of the chain when numbers lack, else somebody put them there.
        Settle(First - 1);
        First = Math.Max(1, First - _spoilt.Count);
        _spoilt.Clear();
        Accept(line, place);
        return true;
    }

    private bool Follow(AuditLine line, AuditPlace place)
    {
        var ahead = line.Record.Sequence - Last - 1;
        if (ahead == 0 && line.Previous == HeadHash)
        {
            Settle(0);
        }
        else if (ahead >= 0)
        {
            Skip(ahead, place);
        }
        else
        {
            return Return(line, place);
        }

        _spoilt.Clear();
        Accept(line, place);
        return true;
    }

    /// <summary>The next line has come: as many spoilt ones as numbers lack were changed, the others are too many.</summary>
    private void Settle(long lacking)
    {
        foreach (var place in _spoilt)
        {
            if (lacking-- > 0)
            {
                Changed(place);
            }
            else
            {
                Inserted(place);
            }
        }
    }

    private void Skip(long ahead, AuditPlace place)
    {
        Settle(ahead);
        var lacking = ahead - _spoilt.Count;
        if (lacking > 0)
        {
            var missing = new SortedSet<long> { Last + ahead };
            for (var number = Last + ahead - Math.Min(lacking, GapMax) + 1; number < Last + ahead; number++)
            {
                missing.Add(number);
            }

            missing.Add(Last + ahead - lacking + 1);
            _gaps.Add(new AuditGap(place, missing));
        }
        else if (ahead == 0)
        {
            Rewritten(place);
        }
    }

    /// <summary>A number that was passed already: moved here, a copy, or the chain again after what does not belong to it.</summary>
    private bool Return(AuditLine line, AuditPlace place)
    {
        if (_gaps.Any(gap => gap.Missing.Remove(line.Record.Sequence)))
        {
            findings.Add(AuditFault.Swapped, place, $"line {line.Record.Sequence} stands here and was written before number {Last}: lines were swapped");
            Remember(line, place);
            return true;
        }

        if (!_known.ContainsKey(line.Hash) && _known.TryGetValue(line.Previous, out var before) && before.Sequence == line.Record.Sequence - 1)
        {
            foreach (var stranger in _known.Values.Where(known => known.Sequence >= line.Record.Sequence))
            {
                Inserted(stranger.Place);
            }

            Settle(0);
            _spoilt.Clear();
            Accept(line, place);
            return true;
        }

        Inserted(place);
        return false;
    }

    private void Accept(AuditLine line, AuditPlace place)
    {
        Last = line.Record.Sequence;
        HeadHash = line.Hash;
        Remember(line, place);
    }

    private void Remember(AuditLine line, AuditPlace place)
    {
        if (_known.TryAdd(line.Hash, (line.Record.Sequence, place)))
        {
            _window.Enqueue(line.Hash);
        }

        if (_window.Count > WindowMax)
        {
            _known.Remove(_window.Dequeue());
        }
    }

    private void Changed(AuditPlace place) => findings.Add(AuditFault.Changed, place, "this line was changed after it was written: its hash does not hold");

    private void Rewritten(AuditPlace place) =>
        findings.Add(AuditFault.Changed, place, "this line does not follow the one before it: one of the two was rewritten together with its hash");

    private void Inserted(AuditPlace place) => findings.Add(AuditFault.Inserted, place, "this line is not of the chain: it was inserted");
}
