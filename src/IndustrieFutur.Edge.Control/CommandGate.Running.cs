using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Control;

/// <summary>What becomes of orders that have left, and of those that a crash left behind.</summary>
public sealed partial class CommandGate
{
    /// <summary>After its expiry a driver that has not come to an order is given so long to say so itself.</summary>
    private const long DriverNanosMax = 2_000_000_000;

    private const long KnownMillis = 24 * 3_600_000L;

    /// <summary>At most one posted and one whose effect is awaited a device.</summary>
    private readonly List<OrderRun> _runs = [];

    /// <summary>Slots whose order has its outcome and is still with the driver.</summary>
    private readonly List<DevicePort> _strays = [];

    private ulong _safety;

    /// <summary>Advances what runs: called some hundred times a second by its own thread.</summary>
    public void Look(long monoNow)
    {
        lock (_lock)
        {
            Observe(monoNow);
            NoteUsers();
            for (var i = _strays.Count - 1; i >= 0; i--)
            {
                if (_strays[i].Box.TryCollect(_strays[i].Slot, out _) || !_strays[i].Box.IsBusy(_strays[i].Slot))
                {
                    _strays.RemoveAt(i);
                }
            }

            foreach (var run in _runs.ToArray())
            {
                Advance(run, monoNow);
            }
        }
    }

    /// <summary>What voids tokens, the lease and posted orders: the safety state, the links, the time.</summary>
    private void Observe(long monoNow)
    {
        var safety = _terms.Conditions.SafetyStamp();
        if (safety != _safety)
        {
            _safety = safety;
            _tokens.Void(prepared => !_terms.Plan.Commands[prepared.Command].IsStop);
            Withdraw(run => !run.Command.IsStop, OutcomeWords.SafetyChanged, monoNow);
        }

        if (_leaseHolder.Length > 0 && monoNow >= _leaseEndsMono)
        {
            EndLease();
        }

        _tokens.Void(prepared => monoNow >= prepared.EndsMonoNanos || _terms.Ports[_terms.Plan.Commands[prepared.Command].Device]?.Generation() != prepared.Generation);
    }

    /// <summary>What the link has not come to is taken back; what it has taken it alone can tell of.</summary>
    private void Withdraw(Func<OrderRun, bool> which, Refusal why, long monoNow)
    {
        foreach (var run in _runs.Where(which).ToArray())
        {
            if (run.AnsweredMonoNanos == 0 && run.Port.Box.TryWithdraw(run.Port.Slot))
            {
                End(run, Outcome.Refused, why, monoNow);
            }
        }
    }

    private void Advance(OrderRun run, long monoNow)
    {
        if (run.AnsweredMonoNanos != 0)
        {
            AwaitEffect(run, monoNow);
            return;
        }

        if (run.Port.Box.TryCollect(run.Port.Slot, out var report))
        {
            Take(run, report, monoNow);
        }
        else if (monoNow > run.Order.ExpiresMonoNanos + DriverNanosMax)
        {
            if (run.Port.Box.TryWithdraw(run.Port.Slot))
            {
                End(run, Outcome.Refused, OutcomeWords.NobodyCame, monoNow);
            }
            else if (run.Port.Box.TryCollect(run.Port.Slot, out report))
            {
                Take(run, report, monoNow);
            }
            else
            {
                _strays.Add(run.Port);
                End(run, Outcome.Unknown, OutcomeWords.DriverSilent, monoNow);
            }
        }
    }

    private void Take(OrderRun run, in OrderReport report, long monoNow)
    {
        if (report.Id != run.Order.Id)
        {
            End(run, Outcome.Unknown, OutcomeWords.DriverSilent, monoNow);
            return;
        }

        run.DeviceWords = report.Text;
        switch (report.Verdict)
        {
            case OrderVerdict.NotSent:
                End(run, Outcome.Refused, NotSent(report), monoNow);
                break;
            case OrderVerdict.Rejected:
                End(run, Outcome.Rejected, OutcomeWords.Rejected(report.Text, report.Code), monoNow);
                break;
            default:
                run.IsUnanswered = report.Verdict != OrderVerdict.Taken;
                run.AnsweredMonoNanos = Math.Max(1, report.AnsweredMonoNanos);
                AwaitEffect(run, monoNow);
                break;
        }
    }

    private Refusal NotSent(in OrderReport report)
    {
        if (report.Cause == OrderCause.Interlock && (uint)report.Detail < (uint)_terms.Plan.Conditions.Count)
        {
            var condition = _terms.Plan.Conditions[report.Detail];
            return InterlockRule.Refuse(condition.MessageFr, condition.MessageEn, (ConditionState)report.Code);
        }

        return OutcomeWords.NotSent(report.Cause, report.Text);
    }

    private void AwaitEffect(OrderRun run, long monoNow)
    {
        var isOver = monoNow - run.AnsweredMonoNanos >= run.Command.EffectNanos;
        var isSeen = SeesEffect(run, monoNow, run.AnsweredMonoNanos) || (isOver && IsToldOnChange(run) && SeesEffect(run, monoNow, 0));
        if (run.IsUnanswered)
        {
            if (isSeen || isOver)
            {
                End(run, Outcome.Unknown, isSeen ? OutcomeWords.UnansweredButSeen : OutcomeWords.Unanswered, monoNow);
            }
        }
        else if (isSeen)
        {
            End(run, Outcome.Confirmed, OutcomeWords.Confirmed, monoNow);
        }
        else if (isOver)
        {
            End(run, Outcome.Unknown, OutcomeWords.NoEffect, monoNow);
        }
    }

    private bool SeesEffect(OrderRun run, long monoNow, long sinceMonoNanos)
    {
        if (run.Command.Effect >= 0)
        {
            return _terms.Conditions.Ask(run.Command.Effect, monoNow, sinceMonoNanos).State == ConditionState.Holds;
        }

        return run.Command.EffectSignal >= 0
            && run.Order.Count > 0
            && _terms.Conditions.TryRead(run.Command.EffectSignal, monoNow, out var value, sinceMonoNanos)
            && Math.Abs(value - run.Order.Value(0)) <= run.Command.EffectTolerance;
    }

    /// <summary>A signal that is told only when it changes says nothing after a write that changed nothing.</summary>
    private bool IsToldOnChange(OrderRun run) =>
        run.Command.Effect >= 0
            ? _terms.Plan.Conditions[run.Command.Effect].Leaves.All(signal => _terms.Plan.Signals[signal].FreshNanos == 0)
            : run.Command.EffectSignal >= 0 && _terms.Plan.Signals[run.Command.EffectSignal].FreshNanos == 0;

    /// <summary>The one outcome of an order. What cannot be written is Unknown, as the next start would find it.</summary>
    private void End(OrderRun run, Outcome outcome, Refusal words, long monoNow)
    {
        _runs.Remove(run);
        var millis = (monoNow - run.AskedMonoNanos) / 1_000_000;
        var line = TryAppend(
            Record(run.Request, run.Command, AuditKind.Outcome) with { Outcome = outcome.ToString(), Rule = words.Rule, Of = run.Order.Id, Millis = millis, Text = words.En }, true);
        if (line == 0)
        {
            (outcome, words) = (Outcome.Unknown, OutcomeWords.NotWritten(words));
        }

        if (run.Request.Who.Door == Door.Reaction)
        {
            _logger.Reacted(run.Request.Who.Name, run.Command.Id, outcome, words.En);
        }
        else if (outcome == Outcome.Unknown)
        {
            _logger.EndedUnknown(run.Command.Id, run.Request.Who.Name, run.Order.Id, words.En);
        }

        run.Answer.SetResult(Note(Answered(run.Request, outcome, words, line) with { Millis = millis, Guards = run.Guards }));
    }

    /// <summary>Each order without an outcome gets one; then what is known of the last day is known again.</summary>
    private void Recover()
    {
        var (open, recent) = (new Dictionary<long, AuditRecord>(), new Queue<AuditRecord>());
        var (since, monoNow) = (UtcMillis - KnownMillis, _seams.MonoNow());
        var ended = new Dictionary<long, AuditRecord>();
        foreach (var record in _seams.ReadAll())
        {
            RecallReaction(record, monoNow);
            if (record.Kind == AuditKind.Ordered)
            {
                open[record.Sequence] = record;
            }
            else if (record.Kind == AuditKind.Outcome && open.Remove(record.Of))
            {
                ended[record.Of] = record;
            }

            if (record.Kind is AuditKind.Ordered or AuditKind.Prepared or AuditKind.Refused && record.UtcMillis >= since && record.Content.Length > 0)
            {
                recent.Enqueue(record);
                if (recent.Count > KnownRequests.RequestsMax && recent.Dequeue() is var gone)
                {
                    ended.Remove(gone.Sequence);
                }
            }
        }

        // A start is told before what it concludes: an order of before it that stays without an outcome is found by this line.
        _ = TryAppend(
            new AuditRecord { Kind = AuditKind.Started, Text = $"{(WhyOff() is null ? "on" : "off")}, {(IsArmed ? "armed" : "not armed")}", Commands = CommandsHash }, true);
        var withdrawn = EmptySlots();
        foreach (var order in open.Values)
        {
            var (outcome, words) = withdrawn.Contains(order.Sequence) ? (Outcome.Refused, OutcomeWords.RestartRefused) : (Outcome.Unknown, OutcomeWords.RestartUnknown);
            var end = order with { Kind = AuditKind.Outcome, Of = order.Sequence, Outcome = outcome.ToString(), Rule = words.Rule, Text = words.En, Guards = [], Content = "" };
            ended[order.Sequence] = end with { Sequence = TryAppend(end, true) };
            _outcomes[outcome.ToString()]++;
        }

        foreach (var record in recent)
        {
            _known.Add(record.Who, record.Id, record.Content, Task.FromResult(OutcomeWords.Recalled(record, ended.GetValueOrDefault(record.Sequence))));
        }
    }

    /// <summary>Which orders of before the restart were taken back. What a driver has or had waits as a stray until it comes back.</summary>
    private HashSet<long> EmptySlots()
    {
        var withdrawn = new HashSet<long>();
        foreach (var port in _terms.Ports.OfType<DevicePort>())
        {
            var id = port.Box.IdIn(port.Slot);
            if (id == 0)
            {
                continue;
            }

            if (port.Box.TryWithdraw(port.Slot))
            {
                withdrawn.Add(id);
            }
            else
            {
                _strays.Add(port);
            }
        }

        return withdrawn;
    }
}
