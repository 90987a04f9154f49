using System.Runtime.CompilerServices;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// The stages every sample runs through, by array index from the plan: duplicate, scale, range, rate of change, order in time,
/// deadband; and staleness, which makes a sample of its own when none came.
/// </summary>
[HotPath]
internal sealed unsafe class StagePipeline
{
    /// <summary>A source that steps back by more has lost its clock; by less, its samples only came together.</summary>
    private const long ClockFaultNanos = 1_000_000_000;

    private readonly SignalRule[] _rules;
    private readonly SignalState* _states;
    private readonly LedgerCounters _ledger;

    public StagePipeline(SignalPlan[] plan, StageStates states, LedgerCounters ledger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfNotEqual(states.Count, plan.Length);
        _ledger = ledger;
        _states = states.Signals;
        _rules = new SignalRule[plan.Length];
        var doors = 0;
        for (var i = 0; i < plan.Length; i++)
        {
            _rules[i] = SignalRule.Of(plan[i], plan[i].DoorDeviation is null ? -1 : doors++);
        }
    }

    public int Count => _rules.Length;

    /// <summary>Carries on the order in time of an earlier run: the last source time this signal was given. Before the first sample.</summary>
    public void Restore(int signal, long lastSourceUtcNanos)
    {
        ref var state = ref _states[signal];
        state.LastSource = lastSourceUtcNanos;

        // Nothing is known of the time between: whatever the source says first is news.
        state.Marked = true;
    }

    /// <summary>The last source time a signal was given, nanoseconds since 1970 UTC; 0 for none.</summary>
    public long LastSource(int signal) => _states[signal].LastSource;

    public ref readonly SignalRule Rule(int signal) => ref _rules[signal];

    /// <summary>This signal will be worked on in a moment.</summary>
    public void Fetch(int signal)
    {
        CacheLine.Fetch(Unsafe.AsPointer(ref _rules[signal]), sizeof(SignalRule));
        CacheLine.Fetch(_states + signal, sizeof(SignalState));
    }

    public bool IsText(int signal) => _rules[signal].Kind == ValueKind.Text;

    /// <summary>Runs one sample through. <paramref name="utcNow"/> stamps what comes from a source that lost its clock.</summary>
    public StageVerdict Process(in Sample raw, ReadOnlySpan<byte> text, long utcNow, out Sample sample)
    {
        ref var rule = ref _rules[raw.Signal];
        ref var state = ref _states[raw.Signal];
        var textHash = rule.Kind == ValueKind.Text ? Hash(text) : 0;
        if (IsDuplicate(ref state, raw, rule.Kind == ValueKind.Text, textHash))
        {
            // Nothing new, but the source lives: it is not to go stale.
            state.LastArrivalMono = raw.ArrivalMonoNanos;
            _ledger.FilteredDuplicate(raw.Signal);
            sample = raw;
            return StageVerdict.Filtered;
        }

        var status = raw.Status;
        var bits = Scale(rule, raw.Bits, ref status);
        if (!InRange(rule, bits, ref status) || !InRate(rule, state, bits, raw.SourceUtcNanos, raw.ArrivalMonoNanos, ref status))
        {
            _ledger.FilteredRange(raw.Signal);
            sample = raw;
            return StageVerdict.Filtered;
        }

        var source = StatusCode.IsMark(raw.Status)
            ? Mark(ref state, raw.SourceUtcNanos, raw.ArrivalMonoNanos)
            : InOrder(ref state, raw, utcNow, ref status);
        sample = new Sample(raw.Signal, status, bits, source, raw.ArrivalMonoNanos);
        return Finish(rule, ref state, sample, textHash);
    }

    /// <summary>Runs a value that the stages themselves made: it is scaled already, no source repeats it, and its time is that of its inputs.</summary>
    public StageVerdict ProcessDerived(in Sample made, long utcNow, out Sample sample)
    {
        ref var rule = ref _rules[made.Signal];
        ref var state = ref _states[made.Signal];
        _ledger.ProducedByStage(made.Signal);
        var status = made.Status;
        var bits = Scale(rule, made.Bits, ref status);
        if (!InRange(rule, bits, ref status) || !InRate(rule, state, bits, made.SourceUtcNanos, made.ArrivalMonoNanos, ref status))
        {
            _ledger.FilteredRange(made.Signal);
            sample = made;
            return StageVerdict.Filtered;
        }

        state.LastSource = Rising(state.LastSource, made, utcNow);
        state.LastSourceMono = made.ArrivalMonoNanos;
        state.Marked = false;
        sample = new Sample(made.Signal, status, bits, state.LastSource, made.ArrivalMonoNanos);
        return Finish(rule, ref state, sample, 0);
    }

    /// <summary>True once, when a signal that was good has not been heard of for its limit: the sample says so and is to be sent.</summary>
    public bool Stale(int signal, long monoNow, long utcNow, out Sample sample)
    {
        ref var rule = ref _rules[signal];
        ref var state = ref _states[signal];
        if (monoNow < StaleAt(rule, state))
        {
            sample = default;
            return false;
        }

        const uint status = StatusCode.UncertainLastUsableValue;
        var source = Mark(ref state, utcNow, monoNow);
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

    /// <summary>When a signal goes stale unless a sample comes before, on the monotonic clock.</summary>
    public long StaleAt(int signal) => StaleAt(_rules[signal], _states[signal]);

    private static long StaleAt(in SignalRule rule, in SignalState state) =>
        rule.StaleNanos == 0 || !state.HasValue || state.Stale || StatusCode.IsBad(state.LastStatus)
            ? long.MaxValue
            : state.LastArrivalMono + rule.StaleNanos;

    /// <summary>Keeps what there is now, and asks the deadband whether it is to be sent.</summary>
    private StageVerdict Finish(in SignalRule rule, ref SignalState state, in Sample sample, uint textHash)
    {
        state.HasValue = true;
        state.Stale = false;
        state.LastArrivalMono = sample.ArrivalMonoNanos;
        state.LastStatus = sample.Status;
        state.LastBits = sample.Bits;
        if (InsideDeadband(rule, state, sample, textHash))
        {
            _ledger.FilteredDeadband(sample.Signal);
            return StageVerdict.LatestOnly;
        }

        state.HasSent = true;
        state.LastSentStatus = sample.Status;
        state.LastSentBits = sample.Bits;
        state.LastSentTextHash = textHash;
        state.LastSentMono = sample.ArrivalMonoNanos;
        return StageVerdict.Pass;
    }

    /// <summary>The same signal, source time, value and status again: a source that repeats itself, not a new sample.</summary>
    private static bool IsDuplicate(ref SignalState state, in Sample raw, bool isText, uint textHash)
    {
        var sameValue = isText ? textHash == state.LastRawTextHash : raw.Bits == state.LastRawBits;
        if (state.HasRaw && !state.Stale && raw.SourceUtcNanos == state.LastRawSource && raw.Status == state.LastRawStatus && sameValue)
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
    /// False: the sample is dropped. A change is held against the last value that was believed, so a value that stays where it jumped to
    /// is believed once it may have got there.
    /// </summary>
    private static bool InRate(in SignalRule rule, in SignalState state, long bits, long source, long arrival, ref uint status)
    {
        if (!rule.Rated || !state.HasValue || StatusCode.IsBad(status) || StatusCode.IsBad(state.LastStatus))
        {
            return true;
        }

        // A source that lost its clock, or gives several values one time, is measured by when they arrived.
        var nanos = source > state.LastSource ? source - state.LastSource : Math.Max(1, arrival - state.LastArrivalMono);
        if (Math.Abs(Number(rule.Kind, bits) - Number(rule.Kind, state.LastBits)) <= rule.RateLimit * nanos / 1e9)
        {
            return true;
        }

        if (StatusCode.IsGood(status))
        {
            status = StatusCode.UncertainSensorNotAccurate;
        }

        return !rule.RateDrops;
    }

    /// <summary>
    /// Inputs have clocks of their own, so one that is behind is no fault: last + 1 ns. Only when what was sent lies ahead of the edge's
    /// clock, which must have stepped back, the new time is the truth.
    /// </summary>
    private long Rising(long last, in Sample made, long utcNow)
    {
        if (made.SourceUtcNanos > last)
        {
            return made.SourceUtcNanos;
        }

        if (made.SourceUtcNanos < last - ClockFaultNanos && last > utcNow + ClockFaultNanos)
        {
            _ledger.ClockFault(made.Signal);
            return made.SourceUtcNanos;
        }

        _ledger.TimeMoved(made.Signal);
        return last + 1;
    }

    /// <summary>
    /// Source times rise strictly per signal, because (device, signal, source time) is a point's identity: an equal or slightly
    /// older one moves to last + 1 ns. A step back of more than a second is a clock fault: stamped with the edge's own time, Uncertain.
    /// </summary>
    private long InOrder(ref SignalState state, in Sample raw, long utcNow, ref uint status)
    {
        var source = raw.SourceUtcNanos;
        var time = source > state.LastSource ? source : Moved(ref state, raw, utcNow, ref status);
        state.LastDevice = Math.Max(state.LastDevice, source);
        state.LastSource = time;
        state.LastSourceMono = raw.ArrivalMonoNanos;
        state.Marked = false;
        return time;
    }

    private long Moved(ref SignalState state, in Sample raw, long utcNow, ref uint status)
    {
        var last = state.LastSource;
        var isNear = raw.SourceUtcNanos >= last - ClockFaultNanos;
        if (raw.SourceUtcNanos > state.LastDevice)
        {
            // The source goes on as it should; only a mark of ours, stamped by our clock, came to lie before it.
            _ledger.TimeMoved(raw.Signal);
            return isNear ? last + 1 : Math.Max(utcNow, last + 1);
        }

        if (state.Marked)
        {
            // The value that it had before the mark: still so, and known again from now on.
            _ledger.TimeMoved(raw.Signal);
            return NotBeyondSource(state, utcNow, raw.ArrivalMonoNanos);
        }

        if (isNear)
        {
            _ledger.TimeMoved(raw.Signal);
            return last + 1;
        }

        _ledger.ClockFault(raw.Signal);
        if (StatusCode.IsGood(status))
        {
            status = StatusCode.Uncertain;
        }

        // Several such samples of one tick have one time: they too must rise. But when the edge's own clock is the one that stepped
        // back, its new time is the truth, never an hour made up.
        var time = utcNow <= last && utcNow >= last - ClockFaultNanos ? last + 1 : utcNow;
        state.LastDevice = time;
        return time;
    }

    /// <summary>
    /// A mark of ours bears the edge's time, but never one that the source's clock has not reached: held against it, all that the
    /// source says next would be old. A second mark adds nothing about when.
    /// </summary>
    private static long Mark(ref SignalState state, long utcNanos, long monoNanos)
    {
        var isFirst = state.LastSource == 0;
        var time = isFirst ? Math.Max(utcNanos, 1) : state.Marked ? state.LastSource + 1 : NotBeyondSource(state, utcNanos, monoNanos);
        if (!state.Marked || isFirst)
        {
            state.LastSourceMono = monoNanos;
        }

        state.LastSource = time;
        state.Marked = true;
        return time;
    }

    /// <summary>A time of the edge, after all that was sent and, if that can be, not after what the source's clock shows by now.</summary>
    private static long NotBeyondSource(in SignalState state, long utcNanos, long monoNanos)
    {
        var reached = state.LastSourceMono == 0 ? utcNanos : state.LastSource + (monoNanos - state.LastSourceMono);
        return Math.Max(Math.Min(utcNanos, reached), state.LastSource + 1);
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

    /// <summary>A value's bits as a number; true is 1.</summary>
    public static double Number(ValueKind kind, long bits)
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
