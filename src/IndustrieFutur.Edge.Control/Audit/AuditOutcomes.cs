namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Keeps account of orders and outcomes while an audit is looked through: each order has one.</summary>
internal sealed class AuditOutcomes(AuditFindings findings)
{
    private readonly SortedDictionary<long, AuditPlace> _open = [];

    // Eight bytes an order: a million in the largest audit that can be configured.
    private readonly HashSet<long> _ended = [];
    private readonly List<(long Of, AuditPlace Place)> _strays = [];
    private long _started;
    private bool _hasGoneOn;

    /// <summary>Up to which number lines went to make room.</summary>
    public long Gone { get; private set; }

    public void Take(AuditRecord record, AuditPlace place)
    {
        // What a start leaves open it ends before it does anything else.
        _hasGoneOn |= _started > 0 && record.Kind is not (AuditKind.Outcome or AuditKind.Bound or AuditKind.Started);
        switch (record.Kind)
        {
            case AuditKind.Started:
                (_started, _hasGoneOn) = (record.Sequence, false);
                break;
            case AuditKind.Ordered:
                _open[record.Sequence] = place;
                break;
            case AuditKind.Outcome:
                End(record.Of, place);
                break;
            case AuditKind.Bound when record.Rule == AuditRoom.Rule:
                Gone = Math.Max(Gone, record.Of);
                break;
        }
    }

    /// <summary>The orders that have none and need not have one yet.</summary>
    /// <param name="isWhole">The chain is: else an outcome's order may be among the lines that were changed or are missing, which is told there.</param>
    public IReadOnlyList<long> End(bool isWhole)
    {
        foreach (var (of, place) in _strays.Where(stray => isWhole && (stray.Of > Gone || stray.Of == 0)))
        {
            findings.Add(AuditFault.Outcomes, place, $"this outcome is of line {of}, which is no order");
        }

        var late = _open.Where(order => _hasGoneOn && order.Key < _started).ToList();
        foreach (var (sequence, place) in late)
        {
            findings.Add(AuditFault.Outcomes, place, $"the order {sequence} has no outcome, although the service was started again after it (line {_started})");
        }

        return [.. _open.Keys.Except(late.Select(order => order.Key))];
    }

    private void End(long of, AuditPlace place)
    {
        if (_ended.Contains(of))
        {
            findings.Add(AuditFault.Outcomes, place, $"the order {of} has an outcome already, and this is another");
        }
        else if (_open.Remove(of))
        {
            _ended.Add(of);
        }
        else
        {
            _strays.Add((of, place));
        }
    }
}
