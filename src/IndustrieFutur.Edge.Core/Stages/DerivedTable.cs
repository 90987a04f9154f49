using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// The derived signals of a plan laid flat at start-up: ranked so that each comes after all it is made of, their programs in one list
/// of steps, and for every signal who must be told of it.
/// </summary>
internal sealed class DerivedTable
{
    private readonly SignalPlan[] _plan;
    private readonly List<StageOp> _ops = [];
    private readonly List<int> _inputs = [];
    private readonly List<(int Signal, int Number)> _feeds = [];
    private readonly List<(int Signal, int Number)> _dependants = [];
    private int _slots;

    public DerivedTable(SignalPlan[] plan)
    {
        _plan = plan;
        RankOf = new int[plan.Length];
        Array.Fill(RankOf, -1);
        var order = Order();
        for (var rank = 0; rank < order.Count; rank++)
        {
            RankOf[order[rank]] = rank;
        }

        // In the order of the plan, which gives each its place among the states; the rules lie by rank.
        Rules = new DerivedRule[order.Count];
        var state = 0;
        foreach (var signal in plan)
        {
            if (signal.Derived is { } derived)
            {
                Rules[RankOf[signal.Index]] = RuleOf(signal, derived, state++);
            }
        }

        Ops = [.. _ops];
        Inputs = [.. _inputs];
        Feeds = new SignalLists(plan.Length, _feeds);
        Dependants = new SignalLists(plan.Length, _dependants);
    }

    /// <summary>By rank.</summary>
    public DerivedRule[] Rules { get; }

    /// <summary>The rank of each signal of the plan; -1 for a signal of a device.</summary>
    public int[] RankOf { get; }

    public StageOp[] Ops { get; }

    /// <summary>The inputs of all, each rule's a stretch of it.</summary>
    public int[] Inputs { get; }

    /// <summary>Who takes each sample of a signal.</summary>
    public SignalLists Feeds { get; }

    /// <summary>Who is evaluated in a tick in which a signal has changed.</summary>
    public SignalLists Dependants { get; }

    public int DepthMax { get; private set; }

    /// <summary>The signals that a derived one is made of, one or several times.</summary>
    public static IEnumerable<int> InputsOf(DerivedPlan derived)
    {
        foreach (var input in derived.Value?.Signals ?? [])
        {
            yield return input;
        }

        foreach (var input in derived.Reset?.Signals ?? [])
        {
            yield return input;
        }

        if (derived.Input >= 0)
        {
            yield return derived.Input;
        }
    }

    private DerivedRule RuleOf(SignalPlan signal, DerivedPlan derived, int state)
    {
        var rank = RankOf[signal.Index];
        var start = _inputs.Count;
        _inputs.AddRange(InputsOf(derived));
        if (derived.Input >= 0)
        {
            _feeds.Add((derived.Input, rank));
        }

        return new DerivedRule
        {
            Signal = signal.Index,
            State = state,
            Kind = derived.Kind,
            Of = derived.Of,
            Falling = derived.Falling,
            HasThreshold = derived.Threshold is not null,
            InputKind = derived.Input >= 0 ? _plan[derived.Input].Kind : default,
            OwnKind = signal.Kind,
            UsesTime = derived.Value?.UsesTime == true || derived.Reset?.UsesTime == true,
            Threshold = derived.Threshold ?? 0,
            Hysteresis = derived.Hysteresis,
            OverNanos = derived.OverNanos,
            Every = derived.Every,
            OnDelayNanos = derived.OnDelayNanos,
            OffDelayNanos = derived.OffDelayNanos,
            Value = Place(derived.Value, rank),
            Reset = Place(derived.Reset, rank),
            InputsStart = start,
            InputsEnd = _inputs.Count,
        };
    }

    private ProgramPlace Place(StageProgram? program, int rank)
    {
        if (program is null)
        {
            return default;
        }

        var place = new ProgramPlace(_ops.Count, program.Ops.Length, _slots);
        _ops.AddRange(program.Ops);
        _slots += program.Slots;
        DepthMax = Math.Max(DepthMax, program.Depth);
        foreach (var signal in program.Signals)
        {
            _dependants.Add((signal, rank));
        }

        return place;
    }

    /// <summary>Those first that need no other derived signal, then those that need only these, and so on (Kahn).</summary>
    private List<int> Order()
    {
        var (edges, awaited, derivedCount) = (new List<(int Signal, int Number)>(), new int[_plan.Length], 0);
        foreach (var signal in _plan)
        {
            derivedCount += signal.Derived is null ? 0 : 1;
            foreach (var input in signal.Derived is { } derived ? InputsOf(derived) : [])
            {
                if (_plan[input].Derived is not null)
                {
                    edges.Add((input, signal.Index));
                    awaited[signal.Index]++;
                }
            }
        }

        var (users, order) = (new SignalLists(_plan.Length, edges), new List<int>(derivedCount));
        foreach (var signal in _plan)
        {
            if (signal.Derived is not null && awaited[signal.Index] == 0)
            {
                order.Add(signal.Index);
            }
        }

        for (var i = 0; i < order.Count; i++)
        {
            foreach (var user in users.Of(order[i]))
            {
                if (--awaited[user] == 0)
                {
                    order.Add(user);
                }
            }
        }

        return order.Count == derivedCount
            ? order
            : throw new InvalidOperationException("The plan has derived signals that are made of one another; its check must refuse them.");
    }
}
