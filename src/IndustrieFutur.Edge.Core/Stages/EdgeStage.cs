using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// Counters and cycles: the rises (or falls) of a condition, sample by sample. An edge lies between two samples that can be used: what
/// happened while the input was Bad is not known and not guessed.
/// </summary>
[HotPath]
internal static class EdgeStage
{
    private const byte Low = 1;
    private const byte High = 2;

    /// <summary>A counter's word on each sample of its input.</summary>
    public static bool Count(in DerivedRule rule, ref DerivedState state, in Sample sample, out DerivedValue value)
    {
        if (IsEdge(rule, ref state, sample))
        {
            state.Count++;
        }

        value = new DerivedValue(state.Count, sample.Status, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
        return true;
    }

    /// <summary>A cycle's word: the seconds since the edge before at each edge, and a Bad input once.</summary>
    public static bool Cycle(in DerivedRule rule, ref DerivedState state, in Sample sample, out DerivedValue value)
    {
        var isEdge = IsEdge(rule, ref state, sample);
        if (StatusCode.IsBad(sample.Status))
        {
            state.EdgeSource = 0;
            value = new DerivedValue(0, sample.Status, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
            return !state.HasLast || state.LastStatus != sample.Status;
        }

        var before = state.EdgeSource;
        state.EdgeSource = isEdge ? sample.SourceUtcNanos : before;
        var seconds = (sample.SourceUtcNanos - before) / 1e9;
        value = new DerivedValue(BitConverter.DoubleToInt64Bits(seconds), sample.Status, sample.SourceUtcNanos, sample.ArrivalMonoNanos);
        return isEdge && before != 0;
    }

    private static bool IsEdge(in DerivedRule rule, ref DerivedState state, in Sample sample)
    {
        if (StatusCode.IsBad(sample.Status))
        {
            state.Level = 0;
            return false;
        }

        var before = state.Level;
        state.Level = IsHigh(rule, before, StagePipeline.Number(rule.InputKind, sample.Bits)) ? High : Low;
        return before != 0 && before != state.Level && state.Level == (rule.Falling ? Low : High);
    }

    private static bool IsHigh(in DerivedRule rule, byte before, double value)
    {
        if (!rule.HasThreshold)
        {
            return value != 0;
        }

        return value > rule.Threshold || (before == High && value >= rule.Threshold - rule.Hysteresis && rule.Hysteresis > 0);
    }
}
