using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>
/// The hot core of a small cell with one device: its writer, its rings, its loop. The test moves the time, a millisecond a tick, and
/// plays the spool.
/// </summary>
internal sealed class HotCell : IDisposable
{
    private const int TextBytes = 16;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly StageStates _states;
    private readonly int _samplesPerTickMax;
    private readonly LoopGauges? _gauges;
    private readonly ReactionPlan[] _reactionPlan;
    private readonly HotMemory _levels = new(4_096);

    public HotCell(SignalPlan[] signals, int input = 64, int output = 64, int samplesPerTickMax = 64, TimeProvider? clock = null, LoopGauges? gauges = null, params ReactionPlan[] reactions)
    {
        Input = new SampleRing(_memory, input, 8, TextBytes);
        Output = new SampleRing(_memory, output, 8, TextBytes);
        Latest = new LatestValues(_memory, signals.Length, TextBytes);
        Ledger = new LedgerCounters(_memory, signals.Length);
        Utc = new UtcOffset(clock ?? TimeProvider.System);
        Writer = new SampleWriter(Input, Ledger, Utc);
        _states = new StageStates(_memory, signals);
        _samplesPerTickMax = samplesPerTickMax;
        _gauges = gauges;
        _reactionPlan = reactions;
        Reactions = new ReactionRing(_memory);
        Signals = signals;
        Loop = NewLoop();
        MonoNow = MonoClock.NowNanos();
    }

    public SignalPlan[] Signals { get; }

    public SampleRing Input { get; }

    public SampleRing Output { get; }

    public LatestValues Latest { get; }

    public LedgerCounters Ledger { get; }

    public UtcOffset Utc { get; }

    public SampleWriter Writer { get; }

    public ReactionRing Reactions { get; }

    public SamplingLoop Loop { get; private set; }

    public long MonoNow { get; private set; }

    public long UtcNow => Utc.ToUtc(MonoNow);

    /// <summary>A signal of doubles that every sample passes.</summary>
    public static SignalPlan Signal(int index) => new() { Index = index, Id = $"s{index}", Device = "plc", RawKind = ValueKind.Float64 };

    /// <summary>A signal of texts.</summary>
    public static SignalPlan Text(int index) => Signal(index) with { RawKind = ValueKind.Text, TextBytes = TextBytes };

    /// <summary>Another loop over the same memory, as after a crash of the sampler.</summary>
    public void Restart() => Loop = NewLoop();

    public void Write(int signal, double value) => Write(signal, value, StatusCode.Good, UtcNow);

    public void Write(int signal, double value, uint status, long sourceUtcNanos) =>
        Writer.Write(signal, status, BitConverter.DoubleToInt64Bits(value), sourceUtcNanos, MonoNow);

    public void WriteText(int signal, string text, uint status = StatusCode.Good) =>
        Writer.WriteText(signal, status, Encoding.UTF8.GetBytes(text), MonoNow);

    public int Tick() => Tick(TimeSpan.FromMilliseconds(1));

    public int Tick(TimeSpan later)
    {
        MonoNow += (long)(later.TotalMilliseconds * 1_000_000);
        return Loop.Tick(MonoNow);
    }

    /// <summary>Takes what the loop has put out, as the spool does: text first, then the slots go back.</summary>
    public List<(Sample Sample, string? Text)> Drain(int max = int.MaxValue)
    {
        var samples = new List<(Sample, string?)>();
        while (samples.Count < max)
        {
            var ready = Output.Peek(max - samples.Count);
            if (ready.Length == 0)
            {
                break;
            }

            foreach (ref readonly var sample in ready)
            {
                var isText = Signals[sample.Signal].Kind == ValueKind.Text && !StatusCode.IsBad(sample.Status);
                samples.Add((sample, isText ? Encoding.UTF8.GetString(Output.Text(sample)) : null));
                Ledger.Spooled(sample.Signal, 0);
            }

            Output.Advance(ready.Length);
        }

        return samples;
    }

    /// <summary>The values that came out, in order.</summary>
    public double[] DrainValues() => [.. Drain().Select(drained => drained.Sample.AsDouble)];

    public LedgerEntry Total()
    {
        var total = default(LedgerEntry);
        for (var signal = 0; signal < Signals.Length; signal++)
        {
            total += Ledger.Read(signal);
        }

        return total;
    }

    public void Dispose()
    {
        _memory.Dispose();
        _levels.Dispose();
    }

    /// <summary>What the reactions remember lies where the next loop finds it.</summary>
    private SamplingLoop NewLoop() => new(
        Signals, [Input], Output, Latest, Ledger, _states, Utc, _samplesPerTickMax, _gauges,
        new ReactionStage(_reactionPlan, Signals.Length, new HotMemory(_levels), Reactions));
}
