using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// Makes the derived signals. Windows, counters and cycles take each sample of their input as it passes; expressions, alarms and
/// interlocks are evaluated once a tick, after all rings, and only when something they name has changed: each after all it is made of.
/// </summary>
[HotPath]
internal sealed unsafe class DerivedStages
{
    /// <summary>What time alone changes (an age) is looked at ten times a second.</summary>
    private const long TimeEveryNanos = 100_000_000;

    private readonly DerivedRule[] _rules;
    private readonly int[] _rankOf;
    private readonly int[] _inputs;
    private readonly SignalLists _feeds;
    private readonly SignalLists _dependants;
    private readonly SignalState* _signals;
    private readonly DerivedState* _states;
    private readonly StagePipeline _pipeline;
    private readonly StageOutput _output;
    private readonly StageTimers _timers;
    private readonly ProgramRunner _runner;
    private readonly DirtySet _dirty;

    /// <summary>Samples whose takers are still to be told. Each taker has one input and closes one value a sample at most, so as many as there are takers do.</summary>
    private readonly Sample[] _work;
    private readonly bool _isEmpty;
    private int _workCount;
    private long _monoNow;
    private long _utcNow;

    public DerivedStages(SignalPlan[] plan, StageStates states, StagePipeline pipeline, StageOutput output, StageTimers timers)
    {
        var table = new DerivedTable(plan);
        _rules = table.Rules;
        _rankOf = table.RankOf;
        _inputs = table.Inputs;
        _feeds = table.Feeds;
        _dependants = table.Dependants;
        _signals = states.Signals;
        _states = states.Derived;
        _pipeline = pipeline;
        _output = output;
        _timers = timers;
        _runner = new ProgramRunner(table.Ops, states.Signals, states.Slots, table.DepthMax);
        _dirty = new DirtySet(_rules.Length);
        _work = new Sample[_rules.Length + 1];
        _isEmpty = _rules.Length == 0;
    }

    /// <summary>A new tick. What is made in it bears its times.</summary>
    public void Begin(long monoNow, long utcNow)
    {
        _monoNow = monoNow;
        _utcNow = utcNow;
    }

    /// <summary>Before the first tick: whatever can be known is to be known.</summary>
    public void EvaluateAll()
    {
        for (var rank = 0; rank < _rules.Length; rank++)
        {
            AddIfEvaluated(rank);
        }
    }

    /// <summary>A signal has a new sample: whoever takes samples takes it now, whoever is evaluated is so at the end of the tick.</summary>
    public void Accepted(in Sample sample)
    {
        if (!_isEmpty)
        {
            Spread(sample);
            Feed();
        }
    }

    /// <summary>Evaluates what has changed since the last tick, in the order of the ranks.</summary>
    public void Evaluate()
    {
        if (_isEmpty)
        {
            return;
        }

        for (var rank = _dirty.TakeFirst(); rank >= 0; rank = _dirty.TakeFirst())
        {
            Evaluate(_rules[rank]);
            Feed();
        }
    }

    /// <summary>The signal's timer rang: closes a window whose time is over, and evaluates what a delay or time alone has changed.</summary>
    public void Ring(int signal)
    {
        var rank = _rankOf[signal];
        if (rank < 0)
        {
            return;
        }

        ref readonly var rule = ref _rules[rank];
        ref var state = ref _states[rule.State];
        if (_monoNow < Deadline(rule, state))
        {
            AddIfTime(rule, rank);
            return;
        }

        if (rule.Kind == DerivedKind.Window)
        {
            if (WindowStage.Close(rule, ref state, out var value))
            {
                Tell(rule, ref state, value);
                Feed();
            }
        }
        else
        {
            _dirty.Add(rank);
        }
    }

    /// <summary>When the signal must be looked at though nothing comes, on the monotonic clock.</summary>
    public long Deadline(int signal)
    {
        var rank = _rankOf[signal];
        if (rank < 0)
        {
            return long.MaxValue;
        }

        ref readonly var rule = ref _rules[rank];
        return Math.Min(Deadline(rule, _states[rule.State]), rule.UsesTime ? _monoNow + TimeEveryNanos : long.MaxValue);
    }

    private static long Deadline(in DerivedRule rule, in DerivedState state) => rule.Kind switch
    {
        DerivedKind.Window => state.CloseMono == 0 ? long.MaxValue : state.CloseMono,
        DerivedKind.Alarm => AlarmStage.Due(rule, state),
        _ => long.MaxValue,
    };

    private void AddIfTime(in DerivedRule rule, int rank)
    {
        if (rule.UsesTime)
        {
            _dirty.Add(rank);
        }
    }

    private void AddIfEvaluated(int rank)
    {
        if (_rules[rank].Value.Length > 0 || _rules[rank].Reset.Length > 0)
        {
            _dirty.Add(rank);
        }
    }

    private void Spread(in Sample sample)
    {
        var dependants = _dependants.Of(sample.Signal);
        for (var i = 0; i < dependants.Length; i++)
        {
            _dirty.Add(dependants[i]);
        }

        if (_feeds.Has(sample.Signal))
        {
            _work[_workCount++] = sample;
        }
    }

    /// <summary>Gives the samples that wait to those who take them; what these make waits in turn.</summary>
    private void Feed()
    {
        while (_workCount > 0)
        {
            var sample = _work[--_workCount];
            var takers = _feeds.Of(sample.Signal);
            for (var i = 0; i < takers.Length; i++)
            {
                Feed(_rules[takers[i]], sample);
            }
        }
    }

    private void Feed(in DerivedRule rule, in Sample sample)
    {
        ref var state = ref _states[rule.State];
        if (Take(rule, ref state, sample, out var value))
        {
            Tell(rule, ref state, value);
        }

        if (rule.OverNanos > 0)
        {
            _timers.Set(rule.Signal, state.CloseMono);
        }
    }

    private static bool Take(in DerivedRule rule, ref DerivedState state, in Sample sample, out DerivedValue value) => rule.Kind switch
    {
        DerivedKind.Window => WindowStage.Feed(rule, ref state, sample, out value),
        DerivedKind.Counter => EdgeStage.Count(rule, ref state, sample, out value),
        _ => EdgeStage.Cycle(rule, ref state, sample, out value),
    };

    private void Evaluate(in DerivedRule rule)
    {
        ref var state = ref _states[rule.State];
        var isKnown = HaveCome(rule, out var newest, out var worst);
        if (isKnown && rule.Kind == DerivedKind.Counter)
        {
            Reset(rule, ref state, newest);
        }
        else if (isKnown)
        {
            var bits = Value(rule, ref state, worst, out var status);
            TellIfNew(rule, ref state, StatusCode.IsBad(status) ? 0 : bits, status, newest);
        }

        var due = Deadline(rule.Signal);
        if (due != long.MaxValue)
        {
            _timers.Set(rule.Signal, due);
        }
    }

    private long Value(in DerivedRule rule, ref DerivedState state, uint worst, out uint status)
    {
        var value = _runner.Run(rule.Value, _monoNow, out status);
        switch (rule.Kind)
        {
            case DerivedKind.Alarm:
                return AlarmStage.IsActive(rule, ref state, value != 0, status, _monoNow) ? 1 : 0;
            case DerivedKind.Interlock:
                // Whatever the condition makes of it: an input that is not Good opens no interlock.
                status = StatusCode.Worse(status, worst);
                return value != 0 && StatusCode.IsGood(status) ? 1 : 0;
            default:
                return rule.OwnKind == ValueKind.Boolean ? (value != 0 ? 1 : 0) : BitConverter.DoubleToInt64Bits(value);
        }
    }

    /// <summary>Where the reset rises the count is 0 again.</summary>
    private void Reset(in DerivedRule rule, ref DerivedState state, int newest)
    {
        var isReset = _runner.Run(rule.Reset, _monoNow, out var status) != 0;
        if (StatusCode.IsBad(status))
        {
            return;
        }

        var rises = isReset && !state.WasReset;
        state.WasReset = isReset;
        if (rises)
        {
            state.Count = 0;
            TellIfNew(rule, ref state, 0, state.LastStatus, newest);
        }
    }

    /// <summary>Nothing is made before each input has come once. The newest is the one whose source time is.</summary>
    private bool HaveCome(in DerivedRule rule, out int newest, out uint worst)
    {
        newest = _inputs[rule.InputsStart];
        worst = StatusCode.Good;
        for (var i = rule.InputsStart; i < rule.InputsEnd; i++)
        {
            ref var input = ref _signals[_inputs[i]];
            if (!input.HasValue)
            {
                return false;
            }

            worst = StatusCode.Worse(worst, input.LastStatus);
            if (_signals[newest].LastSource < input.LastSource)
            {
                newest = _inputs[i];
            }
        }

        return true;
    }

    /// <summary>
    /// A value that changed although no input did was changed by time: it is so now, by the clock of the newest input. One that did
    /// not change says nothing.
    /// </summary>
    private void TellIfNew(in DerivedRule rule, ref DerivedState state, long bits, uint status, int newest)
    {
        var (source, arrival) = (_signals[newest].LastSource, _signals[newest].LastArrivalMono);
        if (state.HasLast && source == state.LastSource)
        {
            if (bits == state.LastBits && status == state.LastStatus)
            {
                return;
            }

            source += Math.Max(1, _monoNow - arrival);
            arrival = _monoNow;
        }

        Tell(rule, ref state, new DerivedValue(bits, status, source, arrival));
        state.LastSource = _signals[newest].LastSource;
    }

    private void Tell(in DerivedRule rule, ref DerivedState state, in DerivedValue value)
    {
        state.HasLast = true;
        state.LastSource = value.Source;
        state.LastBits = value.Bits;
        state.LastStatus = value.Status;
        var made = new Sample(rule.Signal, value.Status, value.Bits, value.Source, value.Arrival);
        var verdict = _pipeline.ProcessDerived(made, _utcNow, out var sample);
        if (verdict != StageVerdict.Filtered)
        {
            _output.Publish(sample, verdict);
            Spread(sample);
        }
    }
}
