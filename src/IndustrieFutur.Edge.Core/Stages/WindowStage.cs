using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// Tumbling windows: one value for the samples of a span of time, or for every so many. Samples without a value do not count: they make
/// the window's value Uncertain, and a window with no other Bad. A window without a sample has no value.
/// </summary>
[HotPath]
internal static class WindowStage
{
    /// <summary>A window waits this long at least and at most for samples that are on their way when its time is over.</summary>
    private const long LateMinNanos = 1_000_000_000;
    private const long LateMaxNanos = 10_000_000_000;

    /// <summary>Takes a sample in; true with the value of the window that it closed.</summary>
    public static bool Feed(in DerivedRule rule, ref DerivedState state, in Sample sample, out DerivedValue value) =>
        rule.OverNanos > 0 ? FeedTime(rule, ref state, sample, out value) : FeedCount(rule, ref state, sample, out value);

    /// <summary>Closes the window that is open.</summary>
    public static bool Close(in DerivedRule rule, ref DerivedState state, out DerivedValue value)
    {
        var hasWindow = state.CloseMono != 0;
        value = hasWindow ? Value(rule, state) : default;
        Open(ref state);
        return hasWindow;
    }

    private static bool FeedTime(in DerivedRule rule, ref DerivedState state, in Sample sample, out DerivedValue value)
    {
        var window = sample.SourceUtcNanos / rule.OverNanos;
        value = default;
        var isClosed = window != state.Window && Close(rule, ref state, out value);
        state.Window = window;
        Take(rule, ref state, sample);
        var late = Math.Clamp(rule.OverNanos, LateMinNanos, LateMaxNanos);
        state.CloseMono = sample.ArrivalMonoNanos + ((window + 1) * rule.OverNanos) - sample.SourceUtcNanos + late;
        return isClosed;
    }

    /// <summary>What is Bad is told at once: after it nothing may come for long.</summary>
    private static bool FeedCount(in DerivedRule rule, ref DerivedState state, in Sample sample, out DerivedValue value)
    {
        Take(rule, ref state, sample);
        state.CloseMono = long.MaxValue;
        if (StatusCode.IsBad(sample.Status))
        {
            Open(ref state);
            value = new DerivedValue(0, sample.Status, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
            return !state.HasLast || state.LastStatus != sample.Status;
        }

        value = default;
        return state.Count >= rule.Every && Close(rule, ref state, out value);
    }

    private static void Open(ref DerivedState state)
    {
        state.CloseMono = 0;
        state.Count = 0;
        state.WindowSum = 0;
        state.WindowStatus = StatusCode.Good;
        state.WindowBad = 0;
    }

    private static void Take(in DerivedRule rule, ref DerivedState state, in Sample sample)
    {
        state.WindowSource = sample.SourceUtcNanos;
        state.WindowArrival = sample.ArrivalMonoNanos;
        if (StatusCode.IsBad(sample.Status))
        {
            state.WindowBad = sample.Status;
            return;
        }

        state.WindowStatus = StatusCode.Worse(state.WindowStatus, sample.Status);

        // A mark of ours repeats the value before it, and is none.
        if (StatusCode.IsMark(sample.Status))
        {
            return;
        }

        var value = StagePipeline.Number(rule.InputKind, sample.Bits);
        if (state.Count == 0 || Replaces(rule.Of, value, StagePipeline.Number(rule.InputKind, state.WindowBits)))
        {
            state.WindowBits = sample.Bits;
        }

        state.WindowSum += value;
        state.Count++;
    }

    private static bool Replaces(WindowOf of, double value, double kept) => of switch
    {
        WindowOf.Min => value < kept,
        WindowOf.Max => value > kept,
        _ => true,
    };

    private static DerivedValue Value(in DerivedRule rule, in DerivedState state)
    {
        if (state.Count == 0)
        {
            var nothing = state.WindowBad != 0 ? state.WindowBad : StatusCode.BadNoData;
            return new DerivedValue(0, nothing, state.WindowSource, state.WindowArrival);
        }

        var bits = rule.Of switch
        {
            WindowOf.Count => state.Count,
            WindowOf.Mean => BitConverter.DoubleToInt64Bits(state.WindowSum / state.Count),
            _ => state.WindowBits,
        };
        var status = state.WindowBad != 0 ? StatusCode.Worse(StatusCode.UncertainDataSubNormal, state.WindowStatus) : state.WindowStatus;
        return new DerivedValue(bits, status, state.WindowSource, state.WindowArrival);
    }
}
