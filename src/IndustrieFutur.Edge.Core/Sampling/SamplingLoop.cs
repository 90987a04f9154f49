using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// The heart of the product: once a tick it empties every driver's ring, runs the stages, sets the latest values and fills the
/// output ring. It runs at its own pace, never in answer to a device, so the work of one tick has a known bound.
/// </summary>
[HotPath]
public sealed class SamplingLoop
{
    /// <summary>The wall clock is measured against the monotonic one once a second.</summary>
    private const long OffsetEveryNanos = 1_000_000_000;

    /// <summary>
    /// Samples whose signals are fetched into the cache while those before them are worked on. With more the processor, which has some
    /// twenty fetches under way at most, waits for the fetching itself (measured: 8 cost half as much again as 4).
    /// </summary>
    private const int FetchedAhead = 4;

    private readonly SampleRing[] _inputs;
    private readonly SampleRing _output;
    private readonly UtcOffset _utc;
    private readonly CellStages _stages;
    private readonly LoopGauges? _gauges;
    private readonly int _samplesPerTickMax;
    private long _nextOffset;
    private long _ticks;
    private long _moved;

    /// <param name="signals">The plan, in index order.</param>
    /// <param name="inputs">One ring per driver's thread.</param>
    /// <param name="output">The telemetry ring that the spool drains.</param>
    /// <param name="latest">The table that people and interlocks read.</param>
    /// <param name="ledger">Where every sample is booked.</param>
    /// <param name="states">What the stages remember; of the same plan.</param>
    /// <param name="utc">The wall clock, as an offset.</param>
    /// <param name="samplesPerTickMax">The bound per input and tick: it keeps one talkative device from starving the others.</param>
    /// <param name="gauges">Where the loop shows how well it keeps its time; null where nobody looks.</param>
    /// <param name="reactions">Sees what sets off a reaction; null where nothing does.</param>
    public SamplingLoop(
        SignalPlan[] signals,
        SampleRing[] inputs,
        SampleRing output,
        LatestValues latest,
        LedgerCounters ledger,
        StageStates states,
        UtcOffset utc,
        int samplesPerTickMax,
        LoopGauges? gauges = null,
        ReactionStage? reactions = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplesPerTickMax);
        _stages = new CellStages(signals, states, latest, output, ledger, reactions);
        _inputs = inputs;
        _output = output;
        _utc = utc;
        _samplesPerTickMax = samplesPerTickMax;
        _gauges = gauges;
    }

    /// <summary>Ticks run since start-up.</summary>
    public long Ticks => Volatile.Read(ref _ticks);

    /// <summary>Samples taken out of input rings since start-up.</summary>
    public long Moved => Volatile.Read(ref _moved);

    /// <summary>Carries on the order in time of an earlier run. Before the first tick.</summary>
    public void RestoreLastSource(int signal, long utcNanos) => _stages.Restore(signal, utcNanos);

    /// <summary>The last source time a signal was given. After the last tick.</summary>
    public long LastSource(int signal) => _stages.LastSource(signal);

    /// <summary>Runs one tick and returns how many samples it took from the inputs.</summary>
    public int Tick(long monoNow)
    {
        if (monoNow >= _nextOffset)
        {
            _utc.Refresh();
            _nextOffset = monoNow + OffsetEveryNanos;
        }

        var utcNow = _utc.ToUtc(monoNow);
        _stages.Begin(monoNow, utcNow);
        var moved = 0;
        Fetch(0);
        for (var i = 0; i < _inputs.Length; i++)
        {
            Fetch(i + 1);
            moved += Drain(_inputs[i], monoNow, utcNow);
        }

        _stages.Run(monoNow, utcNow);
        _gauges?.Emitted(_output.Written, monoNow);
        Volatile.Write(ref _ticks, _ticks + 1);
        Volatile.Write(ref _moved, _moved + moved);
        return moved;
    }

    /// <summary>After the last tick: nothing stays behind in a stage.</summary>
    public void Flush() => _stages.Flush();

    private int Drain(SampleRing input, long monoNow, long utcNow)
    {
        input.NoteWaiting();
        var left = _samplesPerTickMax;
        while (left > 0)
        {
            var ready = input.Peek(left);
            if (ready.Length == 0)
            {
                break;
            }

            for (var i = 0; i < ready.Length; i++)
            {
                if (i + FetchedAhead < ready.Length)
                {
                    _stages.Fetch(ready[i + FetchedAhead].Signal);
                }

                var carriesText = _stages.IsText(ready[i].Signal) && !StatusCode.IsBad(ready[i].Status);
                _gauges?.Arrived(monoNow - ready[i].ArrivalMonoNanos);
                _stages.Accept(ready[i], carriesText ? input.Text(ready[i]) : default, carriesText, utcNow);

                // One by one: who takes over from a loop that was killed here does not work on the same sample twice.
                input.Pass(1);
            }

            input.Release(input.Position);
            left -= ready.Length;
        }

        return _samplesPerTickMax - left;
    }

    /// <summary>What the first samples of an input need, while the input before it is worked on: with many links each has only a few a tick.</summary>
    private void Fetch(int input)
    {
        if (input >= _inputs.Length)
        {
            return;
        }

        var ready = _inputs[input].Peek(FetchedAhead);
        for (var i = 0; i < ready.Length; i++)
        {
            _stages.Fetch(ready[i].Signal);
        }
    }
}
