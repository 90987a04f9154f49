using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>
/// Asks the conditions of a plan's commands of the table of latest values: the gate when it decides, and the link's thread again just before it
/// writes. One thread's own; it makes nobody wait and allocates nothing.
/// </summary>
public sealed unsafe class LiveConditions
{
    /// <summary>The slowest tick is a second; a loop that has not ticked for three has stopped, whatever its period.</summary>
    private const long StillMaxNanos = 3_000_000_000;

    /// <summary>A loop of a short period is held by a busy machine for some tens of milliseconds now and then.</summary>
    private const long StillMinNanos = 300_000_000;

    private readonly CellPlan _plan;
    private readonly LatestValues _latest;
    private readonly LoopGauges _gauges;
    private readonly Func<int, bool> _isLive;
    private readonly SignalState[] _states;
    private readonly ProgramRunner _runner;
    private readonly ProgramPlace[] _places;

    /// <param name="plan">Of the cell.</param>
    /// <param name="latest">Its latest values.</param>
    /// <param name="gauges">Of its loop, whose heartbeat says that the values are alive.</param>
    /// <param name="isLive">Whether the link behind a device (by its index) is open and says what it should.</param>
    public LiveConditions(CellPlan plan, LatestValues latest, LoopGauges gauges, Func<int, bool> isLive)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (_plan, _latest, _gauges, _isLive) = (plan, latest, gauges, isLive);

        // Pinned, so that the runner of expressions, which works on bare memory, can work on it.
        _states = GC.AllocateArray<SignalState>(Math.Max(1, plan.Signals.Count), pinned: true);
        _places = new ProgramPlace[plan.Conditions.Count];
        var (ops, depth) = (new List<StageOp>(), 0);
        for (var i = 0; i < _places.Length; i++)
        {
            var program = plan.Conditions[i].Program;
            _places[i] = new ProgramPlace(ops.Count, program.Ops.Length, 0);
            ops.AddRange(program.Ops);
            depth = Math.Max(depth, program.Depth);
        }

        fixed (SignalState* states = _states)
        {
            _runner = new ProgramRunner([.. ops], states, null, depth);
        }
    }

    /// <summary>How a condition stands now.</summary>
    /// <param name="condition">Its index in the plan.</param>
    /// <param name="monoNow">The time.</param>
    /// <param name="sinceMonoNanos">Values that arrived before this say nothing (0: any): after a write, what was there before it is no effect of it.</param>
    public ConditionAnswer Ask(int condition, long monoNow, long sinceMonoNanos = 0)
    {
        var plan = _plan.Conditions[condition];
        if (IsStill(monoNow))
        {
            return new ConditionAnswer(ConditionState.NotFresh, plan.Signals[0]);
        }

        foreach (var signal in plan.Leaves)
        {
            if (!IsFresh(signal, monoNow, sinceMonoNanos))
            {
                return new ConditionAnswer(ConditionState.NotFresh, signal);
            }
        }

        foreach (var signal in plan.Signals)
        {
            if (!TryTake(signal))
            {
                return new ConditionAnswer(ConditionState.NotGood, signal);
            }
        }

        var value = _runner.Run(_places[condition], monoNow, out var status);
        return new ConditionAnswer(!StatusCode.IsGood(status) ? ConditionState.NotGood : value != 0 ? ConditionState.Holds : ConditionState.Fails, -1);
    }

    /// <summary>A number of all safety signals as they are: when it is another, their values or qualities are.</summary>
    public ulong SafetyStamp()
    {
        // FNV-1a over values and qualities.
        var hash = 14695981039346656037UL;
        foreach (var signal in _plan.SafetySignals)
        {
            var known = _latest.Read(signal, out var sample);
            hash = (hash ^ (known ? sample.Status : uint.MaxValue)) * 1099511628211UL;
            hash = (hash ^ (known && !StatusCode.IsBad(sample.Status) ? (ulong)sample.Bits : 0)) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>The value of a number or condition of a device that is Good and fresh; false when it is not, or is a text.</summary>
    public bool TryRead(int signal, long monoNow, out double value, long sinceMonoNanos = 0)
    {
        value = 0;
        if (IsStill(monoNow) || !IsFresh(signal, monoNow, sinceMonoNanos) || !_latest.Read(signal, out var sample) || !StatusCode.IsGood(sample.Status) || _plan.Signals[signal].Kind == ValueKind.Text)
        {
            return false;
        }

        value = StagePipeline.Number(_plan.Signals[signal].Kind, sample.Bits);
        return true;
    }

    private bool IsStill(long monoNow) =>
        monoNow - _gauges.LastTickMonoNanos > Math.Clamp(3 * _gauges.PeriodNanos, StillMinNanos, StillMaxNanos);

    /// <summary>
    /// What is read in turns must have been read lately. What is only told when it changes is as fresh as its link: that is open, and has said
    /// something or that there is nothing to say.
    /// </summary>
    private bool IsFresh(int signal, long monoNow, long sinceMonoNanos)
    {
        var plan = _plan.Signals[signal];
        if (!_isLive(_plan.DeviceOf[signal]))
        {
            return false;
        }

        if (plan.FreshNanos == 0 && sinceMonoNanos == 0)
        {
            return true;
        }

        return _latest.Read(signal, out var sample)
            && sample.ArrivalMonoNanos >= sinceMonoNanos
            && (plan.FreshNanos == 0 || monoNow - sample.ArrivalMonoNanos <= plan.FreshNanos);
    }

    private bool TryTake(int signal)
    {
        if (!_latest.Read(signal, out var sample) || !StatusCode.IsGood(sample.Status))
        {
            return false;
        }

        ref var state = ref _states[signal];
        state.HasValue = true;
        state.LastStatus = sample.Status;
        state.LastBits = sample.Bits;
        state.LastArrivalMono = sample.ArrivalMonoNanos;
        return true;
    }
}
