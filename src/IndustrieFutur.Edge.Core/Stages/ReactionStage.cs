using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// Sees in the tick that a signal which sets off a reaction rises: from false to true, both Good. What was never seen false, or comes with a doubtful
/// quality, sets off nothing.
/// </summary>
[HotPath]
public sealed unsafe class ReactionStage
{
    private readonly SignalLists _reactions;
    private readonly bool _isEmpty;
    private readonly ReactionRing _ring;
    private readonly byte* _levels;

    /// <param name="plan">The rules, in the order of their indices.</param>
    /// <param name="signals">Signals of the plan.</param>
    /// <param name="memory">Where it remembers; of one loop after another.</param>
    /// <param name="ring">Where it tells.</param>
    public ReactionStage(IReadOnlyList<ReactionPlan> plan, int signals, HotMemory memory, ReactionRing ring)
    {
        var entries = new List<(int Signal, int Number)>(plan.Count);
        foreach (var reaction in plan)
        {
            entries.Add((reaction.Signal, reaction.Index));
        }

        _reactions = new SignalLists(signals, entries);
        _isEmpty = plan.Count == 0;
        _ring = ring;
        _levels = memory.Take(BytesOf(plan.Count));
    }

    private enum Level : byte
    {
        Unseen = 0,
        Low = 1,
        High = 2,
    }

    public static long BytesNeeded(int reactions) => HotMemory.Padded(BytesOf(reactions));

    /// <summary>A signal has a new value.</summary>
    public void Seen(in Sample sample)
    {
        if (_isEmpty || !_reactions.Has(sample.Signal) || !StatusCode.IsGood(sample.Status))
        {
            return;
        }

        var level = sample.Bits != 0 ? Level.High : Level.Low;
        var reactions = _reactions.Of(sample.Signal);
        for (var i = 0; i < reactions.Length; i++)
        {
            var before = (Level)_levels[reactions[i]];
            _levels[reactions[i]] = (byte)level;
            if (before == Level.Low && level == Level.High)
            {
                _ring.Add(reactions[i], sample.ArrivalMonoNanos);
            }
        }
    }

    private static long BytesOf(int reactions) => Math.Max(1, reactions);
}
