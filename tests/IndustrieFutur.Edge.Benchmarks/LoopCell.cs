using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The hot side of a cell with so many links and signals, as the service makes it, every numeric stage in use.</summary>
internal sealed class LoopCell : IDisposable
{
    private const int RingSamples = 16_384;

    /// <summary>As in the service.</summary>
    private const int SamplesPerTickMax = 2_048;

    /// <summary>The same shuffle each time: devices tell in no order that a prefetcher could guess.</summary>
    private const int Seed = 20_260;

    /// <summary>A prime: no number of signals brings a signal the value that it had before.</summary>
    public const int Values = 1_009;

    private readonly HotMemory _memory;
    private readonly int[][] _signals;
    private readonly int[] _next;
    private long _value;

    public LoopCell(int drivers, int signals, int outputSamples)
    {
        Signals = signals;
        var plan = Plan(signals);
        _memory = new HotMemory(
            StageStates.BytesNeeded(plan) + LoopGauges.BytesNeeded + LedgerCounters.BytesNeeded(signals) + LatestValues.BytesNeeded(signals, 0)
            + (drivers * SampleRing.BytesNeeded(RingSamples, 0, 0)) + SampleRing.BytesNeeded(outputSamples, 0, 0));
        Gauges = new LoopGauges(_memory);
        Ledger = new LedgerCounters(_memory, signals);
        var latest = new LatestValues(_memory, signals);
        Output = new SampleRing(_memory, outputSamples);
        Inputs = new SampleRing[drivers];
        for (var driver = 0; driver < drivers; driver++)
        {
            Inputs[driver] = new SampleRing(_memory, RingSamples);
        }

        Utc = new UtcOffset(TimeProvider.System);
        Loop = new SamplingLoop(plan, Inputs, Output, latest, Ledger, new StageStates(_memory, plan), Utc, SamplesPerTickMax, Gauges);
        (_signals, _next) = (Shared(drivers, signals), new int[drivers]);
    }

    public int Signals { get; }

    public SamplingLoop Loop { get; }

    public LoopGauges Gauges { get; }

    public SampleRing[] Inputs { get; }

    public SampleRing Output { get; }

    public LedgerCounters Ledger { get; }

    public UtcOffset Utc { get; }

    /// <summary>The signal that a driver tells next.</summary>
    public int Next(int driver)
    {
        var signals = _signals[driver];
        var at = _next[driver];
        _next[driver] = at + 1 == signals.Length ? 0 : at + 1;
        return signals[at];
    }

    /// <summary>So many samples that pass all stages, the same share of them in each input. Not booked as produced: that is the drivers' work, on other CPUs.</summary>
    public void Fill(int samples, long monoNow)
    {
        var utcNow = Utc.ToUtc(monoNow);
        for (var i = 0; i < samples; i++)
        {
            var driver = i % Inputs.Length;
            _value++;
            if (!Inputs[driver].TryWrite(new Sample(Next(driver), StatusCode.Good, _value % Values, utcNow + i, monoNow)))
            {
                throw new InvalidOperationException("An input is full: the loop did not take what it was given.");
            }
        }
    }

    /// <summary>Takes what the loop put out, as the spool does, and returns how much it was.</summary>
    public int Empty()
    {
        var taken = 0;
        while (true)
        {
            var samples = Output.Peek(int.MaxValue);
            if (samples.IsEmpty)
            {
                return taken;
            }

            taken += samples.Length;
            Output.Advance(samples.Length);
        }
    }

    public void Dispose() => _memory.Dispose();

    private static SignalPlan[] Plan(int signals)
    {
        var plan = new SignalPlan[signals];
        for (var i = 0; i < signals; i++)
        {
            plan[i] = new SignalPlan
            {
                Index = i,
                Id = $"s{i}",
                Device = "device",
                RawKind = ValueKind.Int64,
                Scale = 0.1,
                Offset = -5,
                Low = -10,
                High = 200,
                Deadband = 0.01,
                HeartbeatNanos = 10_000_000_000,
                StaleNanos = 30_000_000_000,
            };
        }

        return plan;
    }

    private static int[][] Shared(int drivers, int signals)
    {
        var random = new Random(Seed);
        var shared = new int[drivers][];
        for (var driver = 0; driver < drivers; driver++)
        {
            var (from, to) = ((int)((long)signals * driver / drivers), (int)((long)signals * (driver + 1) / drivers));
            shared[driver] = [.. Enumerable.Range(from, to - from)];
            random.Shuffle(shared[driver]);
        }

        return shared;
    }
}
