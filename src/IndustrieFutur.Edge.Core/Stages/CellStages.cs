using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// All stages of a cell, as the loop drives them: each sample through the filters, then once a tick the timers that ring (staleness,
/// windows, delays) and the derived signals that have something new. What a tick without samples costs does not depend on how many there are.
/// </summary>
[HotPath]
internal sealed class CellStages
{
    private readonly StagePipeline _pipeline;
    private readonly StageTimers _timers;
    private readonly StageOutput _output;
    private readonly DerivedStages _derived;
    private readonly LatestValues _latest;
    private readonly byte[] _text;
    private bool _hasBegun;

    public CellStages(SignalPlan[] plan, StageStates states, LatestValues latest, SampleRing output, LedgerCounters ledger, ReactionStage? reactions)
    {
        _pipeline = new StagePipeline(plan, states, ledger);
        _timers = new StageTimers(plan.Length);
        _output = new StageOutput(plan, states, _pipeline, _timers, latest, output, ledger, reactions);
        _derived = new DerivedStages(plan, states, _pipeline, _output, _timers);
        _latest = latest;
        _text = new byte[ushort.MaxValue];
    }

    /// <summary>A sample of this signal will be accepted in a moment.</summary>
    public void Fetch(int signal)
    {
        _pipeline.Fetch(signal);
        _latest.Fetch(signal);
        _timers.Fetch(signal);
    }

    public bool IsText(int signal) => _pipeline.IsText(signal);

    public void Restore(int signal, long lastSourceUtcNanos) => _pipeline.Restore(signal, lastSourceUtcNanos);

    public long LastSource(int signal) => _pipeline.LastSource(signal);

    /// <summary>A tick begins. At the first one the timers are set by what is remembered from an earlier loop over the same memory.</summary>
    public void Begin(long monoNow, long utcNow)
    {
        _derived.Begin(monoNow, utcNow);
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        _timers.Begin(monoNow);
        _derived.EvaluateAll();
        for (var signal = 0; signal < _pipeline.Count; signal++)
        {
            SetTimer(signal);
        }
    }

    /// <summary>One sample of a device.</summary>
    public void Accept(in Sample raw, ReadOnlySpan<byte> text, bool carriesText, long utcNow)
    {
        var verdict = _pipeline.Process(raw, text, utcNow, out var sample);
        if (verdict == StageVerdict.Filtered)
        {
            return;
        }

        _output.Publish(sample, text, carriesText, verdict);
        _derived.Accepted(sample);
    }

    /// <summary>After the samples of a tick: what time has brought, then what has changed.</summary>
    public void Run(long monoNow, long utcNow)
    {
        _timers.Advance(monoNow);
        for (var signal = _timers.Next(); signal >= 0; signal = _timers.Next())
        {
            Ring(signal, monoNow, utcNow);
        }

        _derived.Evaluate();
    }

    /// <summary>At the end: what a swinging door still holds is sent, for nothing more will come.</summary>
    public void Flush()
    {
        for (var signal = 0; signal < _pipeline.Count; signal++)
        {
            _output.Release(signal);
        }
    }

    private void Ring(int signal, long monoNow, long utcNow)
    {
        if (_pipeline.Stale(signal, monoNow, utcNow, out var sample))
        {
            MarkStale(sample);
        }

        if (monoNow >= _output.Deadline(signal))
        {
            _output.Release(signal);
        }

        _derived.Ring(signal);
        SetTimer(signal);
    }

    private void MarkStale(in Sample sample)
    {
        if (_pipeline.IsText(sample.Signal))
        {
            // This thread is the table's only writer, so the text read here is whole.
            var length = Math.Max(0, _latest.ReadText(sample.Signal, _text, out _));
            _output.Publish(sample, new ReadOnlySpan<byte>(_text, 0, length), true, StageVerdict.Pass);
        }
        else
        {
            _output.Publish(sample, StageVerdict.Pass);
        }

        _derived.Accepted(sample);
    }

    private void SetTimer(int signal)
    {
        var due = Math.Min(Math.Min(_pipeline.StaleAt(signal), _output.Deadline(signal)), _derived.Deadline(signal));
        if (due != long.MaxValue)
        {
            _timers.Set(signal, due);
        }
    }
}
