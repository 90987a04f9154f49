using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>Where a sample goes when the stages are through with it: the table of latest values, and the ring to the spool unless a filter holds it back.</summary>
[HotPath]
internal sealed class StageOutput
{
    private readonly StagePipeline _pipeline;
    private readonly SwingingDoors _doors;
    private readonly StageTimers _timers;
    private readonly LatestValues _latest;
    private readonly SampleRing _ring;
    private readonly LedgerCounters _ledger;
    private readonly ReactionStage? _reactions;

    public StageOutput(
        SignalPlan[] plan, StageStates states, StagePipeline pipeline, StageTimers timers, LatestValues latest, SampleRing ring, LedgerCounters ledger, ReactionStage? reactions)
    {
        _pipeline = pipeline;
        _doors = new SwingingDoors(plan, states, ledger);
        _timers = timers;
        _latest = latest;
        _ring = ring;
        _ledger = ledger;
        _reactions = reactions;
    }

    public void Publish(in Sample sample, StageVerdict verdict) => Publish(sample, default, false, verdict);

    public void Publish(in Sample sample, ReadOnlySpan<byte> text, bool carriesText, StageVerdict verdict)
    {
        _latest.Set(sample, text);
        _reactions?.Seen(sample);
        ref readonly var rule = ref _pipeline.Rule(sample.Signal);
        if (verdict == StageVerdict.Pass)
        {
            Send(rule, sample, text, carriesText);
        }

        if (rule.StaleNanos > 0 || rule.Door >= 0)
        {
            Watch(sample.Signal);
        }
    }

    /// <summary>When a held sample must be sent at the latest, on the monotonic clock.</summary>
    public long Deadline(int signal)
    {
        var door = _pipeline.Rule(signal).Door;
        return door < 0 ? long.MaxValue : _doors.Deadline(door);
    }

    /// <summary>Sends what the signal's swinging door holds.</summary>
    public void Release(int signal)
    {
        var door = _pipeline.Rule(signal).Door;
        if (door >= 0 && _doors.Release(door, out var held))
        {
            Emit(held, default, false);
        }
    }

    private void Send(in SignalRule rule, in Sample sample, ReadOnlySpan<byte> text, bool carriesText)
    {
        if (rule.Unsent)
        {
            _ledger.FilteredUnsent(sample.Signal);
        }
        else if (rule.Door < 0)
        {
            Emit(sample, text, carriesText);
        }
        else
        {
            Swing(rule.Door, sample);
        }
    }

    /// <summary>The timer rings when the signal goes stale, or when its door has held a sample for long.</summary>
    private void Watch(int signal)
    {
        var due = Math.Min(_pipeline.StaleAt(signal), Deadline(signal));
        if (due != long.MaxValue)
        {
            _timers.Set(signal, due);
        }
    }

    private void Swing(int door, in Sample sample)
    {
        var count = _doors.Push(door, sample, out var first, out var second);
        if (count > 0)
        {
            Emit(first, default, false);
        }

        if (count > 1)
        {
            Emit(second, default, false);
        }
    }

    private void Emit(in Sample sample, ReadOnlySpan<byte> text, bool carriesText)
    {
        var accepted = carriesText ? _ring.TryWriteText(sample, text) : _ring.TryWrite(sample);
        if (!accepted)
        {
            _ledger.RefusedAtOutput(sample.Signal);
        }
    }
}
