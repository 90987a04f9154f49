using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// The stages every sample runs through, by array index from the plan: duplicate, order in time, scale, range, deadband; and
/// staleness, which makes a sample of its own when none came.
/// </summary>
[HotPath]
internal sealed class StagePipeline
{
    /// <summary>A source that steps back by more has lost its clock; by less, its samples only came together.</summary>
    private const long ClockFaultNanos = 1_000_000_000;

    private readonly SignalRule[] _rules;
    private readonly SignalState[] _states;
    private readonly LedgerCounters _ledger;

    public StagePipeline(SignalPlan[] plan, LedgerCounters ledger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _ledger = ledger;
        _rules = new SignalRule[plan.Length];
        for (var i = 0; i < plan.Length; i++)
        {
            _rules[i] = SignalRule.Of(plan[i]);
        }

        _states = new SignalState[plan.Length];
    }

    public int Count => _rules.Length;

    /// <summary>Carries on the order in time of an earlier run: the last source time this signal was given. Before the first sample.</summary>
    public void Restore(int signal, long lastSourceUtcNanos) => _states[signal].LastSource = lastSourceUtcNanos;

    /// <summary>The last source time a signal was given, nanoseconds since 1970 UTC; 0 for none.</summary>
    public long LastSource(int signal) => _states[signal].LastSource;

    public bool IsText(int signal) => _rules[signal].Kind == ValueKind.Text;

    /// <summary>Runs one sample through. <paramref name="utcNow"/> stamps what comes from a source that lost its clock.</summary>
    public StageVerdict Process(in Sample raw, ReadOnlySpan<byte> text, long utcNow, out Sample sample)
    {
        ref var rule = ref _rules[raw.Signal];
        ref var state = ref _states[raw.Signal];
        var textHash = rule.Kind == ValueKind.Text ? Hash(text) : 0;
        if (IsDuplicate(ref state, raw, rule.Kind == ValueKind.Text, textHash))
        {
            _ledger.FilteredDuplicate(raw.Signal);
            sample = raw;
            return StageVerdict.Filtered;
        }

        var status = raw.Status;
        var bits = Scale(rule, raw.Bits, ref status);
        if (!InRange(rule, bits, ref status))
        {
            _ledger.FilteredRange(raw.Signal);
            sample = raw;
            return StageVerdict.Filtered;
        }

        var source = InOrder(ref state, raw.Signal, raw.SourceUtcNanos, utcNow, ref status);
        sample = new Sample(raw.Signal, status, bits, source, raw.ArrivalMonoNanos);
        state.HasValue = true;
        state.Stale = false;
        state.LastArrivalMono = raw.ArrivalMonoNanos;
        state.LastStatus = status;
        state.LastBits = bits;
        if (InsideDeadband(rule, state, sample, textHash))
        {
            _ledger.FilteredDeadband(raw.Signal);
            return StageVerdict.LatestOnly;
        }

        state.HasSent = true;
        state.LastSentStatus = status;
        state.LastSentBits = bits;
        state.LastSentTextHash = textHash;
        state.LastSentMono = raw.ArrivalMonoNanos;
        return StageVerdict.Pass;
    }

    /// <summary>True once, when a signal that was good has not been heard of for its limit: the sample says so and is to be sent.</summary>
    public bool Stale(int signal, long monoNow, long utcNow, out Sample sample)
    {
        ref var rule = ref _rules[signal];
        ref var state = ref _states[signal];
        if (rule.StaleNanos == 0 || !state.HasValue || state.Stale || StatusCode.IsBad(state.LastStatus)
            || monoNow - state.LastArrivalMono < rule.StaleNanos)
        {
            sample = default;
            return false;
        }

        var status = StatusCode.UncertainLastUsableValue;
        var source = InOrder(ref state, signal, utcNow, utcNow, ref status);
        sample = new Sample(signal, status, state.LastBits, source, monoNow);
        state.Stale = true;
        state.LastStatus = status;
        state.HasSent = true;
        state.LastSentStatus = status;
        state.LastSentBits = state.LastBits;
        state.LastSentMono = monoNow;
        _ledger.ProducedByStage(signal);
        return true;
    }

    /// <summary>The same signal, source time, value and status again: a source that repeats itself, not a new sample.</summary>
    private static bool IsDuplicate(ref SignalState state, in Sample raw, bool isText, uint textHash)
    {
        var sameValue = isText ? textHash == state.LastRawTextHash : raw.Bits == state.LastRawBits;
        if (state.HasRaw && raw.SourceUtcNanos == state.LastRawSource && raw.Status == state.LastRawStatus && sameValue)
        {
            return true;
        }

        state.HasRaw = true;
        state.LastRawBits = raw.Bits;
        state.LastRawStatus = raw.Status;
        state.LastRawSource = raw.SourceUtcNanos;
        state.LastRawTextHash = textHash;
        return false;
    }

    private static long Scale(in SignalRule rule, long bits, ref uint status)
    {
        if (rule.Kind == ValueKind.Text || StatusCode.IsBad(status))
        {
            return bits;
        }

        if (rule.Scaled)
        {
            bits = BitConverter.DoubleToInt64Bits((Number(rule.RawKind, bits) * rule.Scale) + rule.Offset);
        }

        if (rule.Kind == ValueKind.Float64 && !double.IsFinite(BitConverter.Int64BitsToDouble(bits)))
        {
            status = StatusCode.BadOutOfRange;
        }

        return bits;
    }

    /// <summary>False: the sample is dropped. Out of a range that only marks, it goes on as Uncertain.</summary>
    private static bool InRange(in SignalRule rule, long bits, ref uint status)
    {
        if (!rule.Ranged || rule.Kind == ValueKind.Text || StatusCode.IsBad(status))
        {
            return true;
        }

        var value = Number(rule.Kind, bits);
        if (value >= rule.Low && value <= rule.High)
        {
            return true;
        }

        if (StatusCode.IsGood(status))
        {
            status = StatusCode.UncertainEngineeringUnitsExceeded;
        }

        return !rule.RangeDrops;
    }

    /// <summary>
    /// Source times rise strictly per signal, because (device, signal, source time) is a point's identity: an equal or slightly
    /// older one moves to last + 1 ns. A step back of more than a second is a clock fault: stamped with the edge's own time, Uncertain.
    /// </summary>
    private long InOrder(ref SignalState state, int signal, long source, long utcNow, ref uint status)
    {
        var last = state.LastSource;
        if (source > last)
        {
            state.LastSource = source;
            return source;
        }

        if (source >= last - ClockFaultNanos)
        {
            _ledger.TimeMoved(signal);
            state.LastSource = last + 1;
            return last + 1;
        }

        _ledger.ClockFault(signal);
        if (StatusCode.IsGood(status))
        {
            status = StatusCode.Uncertain;
        }

        // Several such samples of one tick have one time: they too must rise. But when the edge's own clock is the one that stepped
        // back, its new time is the truth, never an hour made up.
        state.LastSource = utcNow <= last && utcNow >= last - ClockFaultNanos ? last + 1 : utcNow;
        return state.LastSource;
    }

    private static bool InsideDeadband(in SignalRule rule, in SignalState state, in Sample sample, uint textHash)
    {
        if (rule.Deadband < 0 || !state.HasSent || sample.Status != state.LastSentStatus)
        {
            return false;
        }

        if (rule.HeartbeatNanos > 0 && sample.ArrivalMonoNanos - state.LastSentMono >= rule.HeartbeatNanos)
        {
            return false;
        }

        if (StatusCode.IsBad(sample.Status))
        {
            return true;
        }

        if (rule.Kind == ValueKind.Text)
        {
            return textHash == state.LastSentTextHash;
        }

        return rule.Deadband == 0
            ? sample.Bits == state.LastSentBits
            : Math.Abs(Number(rule.Kind, sample.Bits) - Number(rule.Kind, state.LastSentBits)) <= rule.Deadband;
    }

    private static double Number(ValueKind kind, long bits)
    {
        if (kind == ValueKind.Float64)
        {
            return BitConverter.Int64BitsToDouble(bits);
        }

        return kind == ValueKind.UInt64 ? (ulong)bits : bits;
    }

    /// <summary>FNV-1a: enough to tell a text from the one before it.</summary>
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = 2166136261u;
        for (var i = 0; i < text.Length; i++)
        {
            hash = (hash ^ text[i]) * 16777619u;
        }

        return hash;
    }
}
