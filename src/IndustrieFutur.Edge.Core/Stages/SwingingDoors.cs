using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// The swinging door (Bristol, US patent 4,669,097), in the form with which historians compress: from the last point sent, every sample
/// narrows the slopes under which it is met within the deviation; a sample met under none of them closes the door, and the one before it
/// is sent. That one was met by slopes that all its forerunners allowed, so each sample left out lies within the deviation of the
/// line between its neighbours that were sent, and what is sent is what was measured.
/// </summary>
[HotPath]
internal sealed unsafe class SwingingDoors
{
    private readonly DoorRule[] _rules;
    private readonly DoorState* _states;
    private readonly LedgerCounters _ledger;

    public SwingingDoors(SignalPlan[] plan, StageStates states, LedgerCounters ledger)
    {
        var rules = new List<DoorRule>();
        foreach (var signal in plan)
        {
            if (signal.DoorDeviation is { } deviation)
            {
                rules.Add(new DoorRule(signal.Kind, deviation, signal.DoorLongestNanos));
            }
        }

        _rules = [.. rules];
        _states = states.Doors;
        _ledger = ledger;
    }

    /// <summary>Takes a sample in and says what is to be sent now: nothing (0), the first (1), or both.</summary>
    public int Push(int door, in Sample sample, out Sample first, out Sample second)
    {
        ref var state = ref _states[door];
        first = sample;
        second = sample;
        if (IsRepeatedMark(state, sample))
        {
            _ledger.FilteredDeadband(sample.Signal);
            return 0;
        }

        if (!Continues(state, sample))
        {
            return SendBoth(ref state, sample, out first);
        }

        ref readonly var rule = ref _rules[door];
        if (IsWithin(rule, state, sample))
        {
            Hold(rule, ref state, sample);
            return 0;
        }

        if (!state.HasHeld)
        {
            SendOnly(ref state, sample);
            return 1;
        }

        // The door opens anew from the sample before.
        first = state.Held;
        SendOnly(ref state, first);
        if (IsWithin(rule, state, sample))
        {
            Hold(rule, ref state, sample);
            return 1;
        }

        SendOnly(ref state, sample);
        return 2;
    }

    /// <summary>Sends what is held: nothing newer came for the longest time, or nothing more will come.</summary>
    public bool Release(int door, out Sample held)
    {
        ref var state = ref _states[door];
        held = state.Held;
        if (!state.HasHeld)
        {
            return false;
        }

        SendOnly(ref state, held);
        return true;
    }

    /// <summary>When what is held must be sent at the latest, on the monotonic clock.</summary>
    public long Deadline(int door)
    {
        ref var state = ref _states[door];
        return state.HasHeld ? state.Sent.ArrivalMonoNanos + _rules[door].LongestNanos : long.MaxValue;
    }

    /// <summary>Without a value there is nothing to compare but what is said instead.</summary>
    private static bool IsRepeatedMark(in DoorState state, in Sample sample) =>
        state.HasSent && !state.HasHeld && StatusCode.IsBad(sample.Status) && sample.Status == state.Sent.Status;

    /// <summary>A line can be drawn from the point sent to this one.</summary>
    private static bool Continues(in DoorState state, in Sample sample) =>
        state.HasSent && sample.Status == state.Sent.Status && !StatusCode.IsBad(sample.Status) && sample.SourceUtcNanos > state.Sent.SourceUtcNanos;

    private static int SendBoth(ref DoorState state, in Sample sample, out Sample first)
    {
        var hadHeld = state.HasHeld;
        first = hadHeld ? state.Held : sample;
        SendOnly(ref state, sample);
        return hadHeld ? 2 : 1;
    }

    private static void SendOnly(ref DoorState state, in Sample sample)
    {
        state.Sent = sample;
        state.HasSent = true;
        state.HasHeld = false;
        state.SlopeMin = double.NegativeInfinity;
        state.SlopeMax = double.PositiveInfinity;
    }

    private static bool IsWithin(in DoorRule rule, in DoorState state, in Sample sample)
    {
        var nanos = sample.SourceUtcNanos - state.Sent.SourceUtcNanos;
        var slope = (StagePipeline.Number(rule.Kind, sample.Bits) - StagePipeline.Number(rule.Kind, state.Sent.Bits)) / nanos;
        return nanos <= rule.LongestNanos && slope >= state.SlopeMin && slope <= state.SlopeMax;
    }

    private void Hold(in DoorRule rule, ref DoorState state, in Sample sample)
    {
        if (state.HasHeld)
        {
            _ledger.FilteredDeadband(sample.Signal);
        }

        var nanos = (double)(sample.SourceUtcNanos - state.Sent.SourceUtcNanos);
        var rise = StagePipeline.Number(rule.Kind, sample.Bits) - StagePipeline.Number(rule.Kind, state.Sent.Bits);
        state.SlopeMin = Math.Max(state.SlopeMin, (rise - rule.Deviation) / nanos);
        state.SlopeMax = Math.Min(state.SlopeMax, (rise + rule.Deviation) / nanos);
        state.Held = sample;
        state.HasHeld = true;
    }
}
