using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Control;

/// <summary>What becomes of orders: taken back, answered, their effect seen or not; and those that an earlier run left.</summary>
public sealed partial class CommandGate
{
    /// <summary>An outcome that could not be written is tried again so often.</summary>
    private const long RetryNanos = 1_000_000_000;

    private long _retryMono;

    /// <summary>An earlier run was killed, or the disk was full, before these had an outcome: each gets the one that is sure.</summary>
    private void Recover()
    {
        var open = new Dictionary<long, AuditRecord>();
        foreach (var record in _terms.Audit.ReadAll())
        {
            _known.Restore(record);
            if (record.Kind == AuditKind.Ordered)
            {
                open[record.Sequence] = record;
            }
            else if (record.Kind == AuditKind.Outcome)
            {
                open.Remove(record.Of);
            }
        }

        var withdrawn = EmptyInboxes();
        foreach (var (sequence, record) in open)
        {
            Conclude(record, withdrawn.Contains(sequence));
        }

        if (open.Count > 0)
        {
            _logger.Recovered(open.Count(left => !withdrawn.Contains(left.Key)), open.Count(left => withdrawn.Contains(left.Key)));
        }

        _ = TryAppend(
            new AuditRecord { Kind = AuditKind.Started, Commands = _commandsWord, Text = $"on: {Off() is null}, armed: {_isArmed}, simulated: {_terms.IsSimulated}" },
            sync: true,
            out _,
            out _);
    }

    /// <summary>Takes back what no link has come to, and says which.</summary>
    private HashSet<long> EmptyInboxes()
    {
        var withdrawn = new HashSet<long>();
        foreach (var port in _terms.Ports)
        {
            if (port is null)
            {
                continue;
            }

            var id = port.Box.IdIn(port.Slot);
            if (id != 0 && port.Box.TryWithdraw(port.Slot))
            {
                withdrawn.Add(id);
            }

            _ = port.Box.TryCollect(port.Slot, out _);
        }

        return withdrawn;
    }

    private void Conclude(AuditRecord order, bool isWithdrawn)
    {
        var text = isWithdrawn ? OutcomeWords.NotSent(OrderCause.Withdrawn, "", null).TextEn : OutcomeWords.Killed().En;
        var record = order with
        {
            Kind = AuditKind.Outcome,
            Of = order.Sequence,
            Rule = isWithdrawn ? SwitchRule.Word : "",
            Outcome = (isWithdrawn ? Outcome.Refused : Outcome.Unknown).ToString(),
            Text = text,
        };
        if (TryAppend(record, sync: true, out var sequence, out _))
        {
            _known.Restore(record with { Sequence = sequence });
        }
    }

    /// <summary>An order that came back after it was given up: its device is free again.</summary>
    private void CollectStrays()
    {
        foreach (var port in _terms.Ports)
        {
            if (port is not null && !_runs.Exists(run => run.Port == port && run.AnsweredMonoNanos == 0 && run.Untold is null))
            {
                _ = port.Box.TryCollect(port.Slot, out _);
            }
        }
    }

    private void Advance(OrderRun run, long now)
    {
        if (run.Untold is not null)
        {
            TellAgain(run, now);
        }
        else if (run.AnsweredMonoNanos != 0)
        {
            LookForEffect(run, now);
        }
        else if (run.Port.Box.TryCollect(run.Port.Slot, out var report))
        {
            CameBack(run, report, now);
        }
        else if (now >= run.ExpiresMonoNanos && !TryWithdraw(run, OrderCause.Expired) && now >= run.ExpiresMonoNanos + DriverMaxNanos)
        {
            End(run, Outcome.Unknown, "", OutcomeWords.NoDriver());
        }
    }

    private void CameBack(OrderRun run, in OrderReport report, long now)
    {
        switch (report.Verdict)
        {
            case OrderVerdict.Taken:
                (run.AnsweredMonoNanos, run.Said) = (report.AnsweredMonoNanos, report.Text);
                LookForEffect(run, now);
                break;
            case OrderVerdict.Rejected:
                End(run, Outcome.Rejected, "", OutcomeWords.Rejected(report.Code == 0 ? report.Text : $"{report.Text} ({report.Code:x})"));
                break;
            case OrderVerdict.NotSent:
                var guard = report.Cause == OrderCause.Interlock
                    ? GuardReader.Read(report.Detail, _plan, _terms.Conditions, _terms.Describe, now)
                    : null;

                // What did not hold a moment ago may hold again now; its sentence is the same.
                guard = guard is { State: GuardReader.Holds } ? guard with { State = GuardReader.Fails } : guard;
                var refusal = OutcomeWords.NotSent(report.Cause, report.Text, guard);
                End(run, Outcome.Refused, refusal.Rule, (refusal.TextFr, refusal.TextEn));
                break;
            default:
                End(run, Outcome.Unknown, "", OutcomeWords.Unanswered(report.Text));
                break;
        }
    }

    /// <summary>Only values that arrived after the device's answer show an effect; at the deadline, of what is told only on change, what there is.</summary>
    private void LookForEffect(OrderRun run, long now)
    {
        var deadline = run.AnsweredMonoNanos + run.Command.EffectNanos;
        if (IsSeen(run, now, run.AnsweredMonoNanos) || (now >= deadline && IsToldOnChange(run) && IsSeen(run, now, 0)))
        {
            End(run, Outcome.Confirmed, "", OutcomeWords.Confirmed((now - run.StartedMonoNanos) / 1_000_000));
        }
        else if (now >= deadline)
        {
            End(run, Outcome.Unknown, "", OutcomeWords.NoEffect(run.Command, string.Join(", ", EffectSignals(run).Select(_terms.Describe))));
        }
    }

    private bool IsSeen(OrderRun run, long now, long since)
    {
        var command = run.Command;
        if (command.EffectSignal < 0)
        {
            return _terms.Conditions.Ask(command.Effect, now, since).State == ConditionState.Holds;
        }

        return run.Values.Length > 0
            && _terms.Conditions.TryRead(command.EffectSignal, now, out var live, since)
            && Math.Abs(live - run.Values[0]) <= command.EffectTolerance;
    }

    private bool IsToldOnChange(OrderRun run)
    {
        var leaves = run.Command.EffectSignal >= 0 ? [run.Command.EffectSignal] : _plan.Conditions[run.Command.Effect].Leaves;
        return leaves.All(signal => _plan.Signals[signal].FreshNanos == 0);
    }

    private IReadOnlyList<int> EffectSignals(OrderRun run) =>
        run.Command.EffectSignal >= 0 ? [run.Command.EffectSignal] : _plan.Conditions[run.Command.Effect].Signals;

    /// <summary>True: the link had not come to it; nothing was written, and never will be.</summary>
    private bool TryWithdraw(OrderRun run, OrderCause cause)
    {
        if (run.Untold is not null || run.AnsweredMonoNanos != 0 || run.Port.Box.IdIn(run.Port.Slot) != run.Sequence || !run.Port.Box.TryWithdraw(run.Port.Slot))
        {
            return false;
        }

        var refusal = OutcomeWords.NotSent(cause, "", null);
        End(run, Outcome.Refused, refusal.Rule, (refusal.TextFr, refusal.TextEn));
        return true;
    }

    private void End(OrderRun run, Outcome outcome, string rule, (string Fr, string En) text)
    {
        var answer = Answer(run.Request, outcome, rule, text, run.StartedMonoNanos) with { Guards = run.Guards };
        _counters.Count(answer);
        if (run.Reaction >= 0)
        {
            _reactions.Ended(run.Reaction, $"{outcome}: {text.En}");
            _logger.Reacted(_plan.Reactions[run.Reaction].Id, outcome, text.En);
        }
        else if (outcome is Outcome.Unknown or Outcome.Rejected)
        {
            _logger.CommandInDoubt(run.Command.Id, run.Request.Who.Name, outcome, text.En);
        }
        else
        {
            _logger.CommandEnded(run.Command.Id, run.Request.Who.Name, outcome, text.En);
        }

        run.Untold = answer;
        Tell(run);
    }

    private void Tell(OrderRun run)
    {
        var answer = run.Untold!;
        var record = new AuditRecord
        {
            Kind = AuditKind.Outcome,
            Who = run.Request.Who.Name,
            Role = run.Role,
            Station = run.Request.Who.Station,
            Door = run.Request.Who.Door.ToString(),
            Command = run.Command.Id,
            Id = run.Request.Id,
            Content = run.Content,
            Target = run.Command.TargetWords,
            Rule = answer.Rule,
            Outcome = answer.Outcome!.Value.ToString(),
            Of = run.Sequence,
            Millis = answer.Millis,
            Text = answer.TextEn,
            Commands = _commandsWord,
        };
        if (TryAppend(record, sync: false, out var sequence, out var problem))
        {
            _runs.Remove(run);
            run.Done.TrySetResult(answer with { AuditSequence = sequence });
            return;
        }

        // Whoever asked is not kept waiting for a disk.
        _logger.OutcomeNotWritten(problem);
        _retryMono = MonoClock.NowNanos() + RetryNanos;
        run.Done.TrySetResult(answer);
    }

    private void TellAgain(OrderRun run, long now)
    {
        if (now >= _retryMono)
        {
            Tell(run);
        }
    }

    /// <summary>A change of the safety state, a lost link or a lease that ended voids what was prepared; the first also what waits, stops apart.</summary>
    private void VoidWhatChanged(long now)
    {
        var safety = _terms.Conditions.SafetyStamp();
        if (safety != _safety)
        {
            _safety = safety;
            _tokens.Void(prepared => !_plan.Commands[prepared.Command].IsStop);
            foreach (var run in _runs.Where(run => !run.Command.IsStop).ToArray())
            {
                TryWithdraw(run, OrderCause.SafetyChanged);
            }
        }

        _tokens.Void(prepared => now >= prepared.ExpiresMonoNanos || IsVoid(prepared, now));
    }

    private bool IsVoid(PreparedOrder prepared, long now)
    {
        var command = _plan.Commands[prepared.Command];
        return _terms.Ports[command.Device]?.Generation() != prepared.Generation || (command.NeedsLease && _lease.HolderAt(now) != prepared.User);
    }
}
