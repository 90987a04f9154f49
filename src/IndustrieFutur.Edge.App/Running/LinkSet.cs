using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The hot side of a cell in one block of memory: a ring and a runner per link, the sampling loop, the tables it fills.</summary>
internal sealed class LinkSet : IDisposable
{
    /// <summary>Texts that may wait in one ring. Codes and ids come a few a second; 1,024 outlast minutes.</summary>
    private const int TextSlotsMin = 1_024;

    /// <summary>A link that is lost and back says something of every signal twice at once, and more may come before the next tick.</summary>
    private const int SamplesPerSignal = 4;

    /// <summary>The bound per input and tick: a ring of the default size is emptied in eight ticks, whatever the others do.</summary>
    private const int SamplesPerTickMax = 2_048;

    /// <summary>Longer than any answer takes that still comes; a stop has a second for everything.</summary>
    private const long StopMaxNanos = 400_000_000;

    private readonly HotMemory _memory;
    private readonly Dictionary<string, LinkView> _viewOfDevice = [];

    public LinkSet(EdgeConfiguration configuration, TimeProvider clock, ILoggerFactory loggers)
    {
        var (plan, devices) = (configuration.Plan, configuration.Options.Devices);
        var surroundings = new DriverSurroundings(plan.Edge, configuration.DataDirectory, configuration.BaseDirectory, clock);
        var groups = plan.Devices
            .Select(device => (Kind: DriverCatalog.Find(device.Driver)!, Binding: new DeviceBinding(device, devices[device.Id])))
            .Where(entry => !entry.Kind.IsDerived)
            .GroupBy(entry => (entry.Kind, Key: entry.Kind.LinkOf(entry.Binding.Plan.Id, entry.Binding.Options)), entry => entry.Binding)
            .Select(link => (link.Key.Kind, Name: link.Key.Key, Bindings: link.ToArray()))
            .ToArray();
        var count = plan.Signals.Count;
        var texts = plan.Signals.Count(signal => signal.Kind == ValueKind.Text);
        var capacity = PowerOfTwo(Math.Max(configuration.Options.Sampling.RingSamples, SamplesPerSignal * count));
        var textSlots = plan.TextBytesMax == 0 ? 0 : PowerOfTwo(Math.Max(TextSlotsMin, SamplesPerSignal * texts));
        _memory = new HotMemory(
            LoopGauges.BytesNeeded + LedgerCounters.BytesNeeded(count) + LatestValues.BytesNeeded(count, plan.TextBytesMax) + StageStates.BytesNeeded(plan.Signals)
            + ((groups.Length + 1) * SampleRing.BytesNeeded(capacity, textSlots, plan.TextBytesMax))
            + groups.Sum(group => LinkView.BytesNeeded(group.Kind, group.Bindings)));
        Gauges = new LoopGauges(_memory);
        Ledger = new LedgerCounters(_memory, count);
        Latest = new LatestValues(_memory, count, plan.TextBytesMax);
        Output = new SampleRing(_memory, capacity, textSlots, plan.TextBytesMax);
        Utc = new UtcOffset(clock);

        var rings = new SampleRing[groups.Length];
        var views = new LinkView[groups.Length];
        var runners = new LinkRunner[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            rings[i] = new SampleRing(_memory, capacity, textSlots, plan.TextBytesMax);
            var (kind, name, bindings) = groups[i];
            var view = views[i] = new LinkView(_memory, name, kind, bindings);
            var writer = new SampleWriter(rings[i], Ledger, Utc);
            var driver = kind.Create(bindings, writer, view.Statistics, surroundings);
            var signals = bindings.SelectMany(binding => binding.Plan.Signals);
            runners[i] = new LinkRunner(name, driver, signals, writer, view.Status, loggers.CreateLogger<LinkRunner>(), kind.Patience(bindings[0].Options));
            foreach (var binding in bindings)
            {
                _viewOfDevice[binding.Plan.Id] = view;
            }
        }

        Inputs = rings;
        Views = views;
        Runners = runners;
        Loop = new SamplingLoop([.. plan.Signals], rings, Output, Latest, Ledger, new StageStates(_memory, plan.Signals), Utc, SamplesPerTickMax, Gauges);
    }

    public LoopGauges Gauges { get; }

    public LedgerCounters Ledger { get; }

    public LatestValues Latest { get; }

    public SampleRing Output { get; }

    public UtcOffset Utc { get; }

    public IReadOnlyList<SampleRing> Inputs { get; }

    /// <summary>What people and metrics see of each link, whoever runs it.</summary>
    public IReadOnlyList<LinkView> Views { get; }

    public IReadOnlyList<LinkRunner> Runners { get; }

    public SamplingLoop Loop { get; }

    private static int PowerOfTwo(int atLeast) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)atLeast);

    /// <summary>The link that a device is behind; null for a device of derived signals, which has none.</summary>
    public LinkView? ViewOf(string device) => _viewOfDevice.GetValueOrDefault(device);

    public void Start()
    {
        foreach (var runner in Runners)
        {
            runner.Start();
        }
    }

    /// <summary>Ends all links at once; one that is held by a write that goes nowhere is left behind after a moment.</summary>
    public void Stop()
    {
        foreach (var runner in Runners)
        {
            runner.Stop();
        }

        var until = MonoClock.NowNanos() + StopMaxNanos;
        foreach (var runner in Runners)
        {
            var left = Math.Max(0, until - MonoClock.NowNanos());
            if (runner.TryEnd(TimeSpan.FromTicks(left / 100)))
            {
                runner.Dispose();
            }
        }
    }

    /// <summary>The memory stays while a thread may still write into it: one that was left behind ends with the process.</summary>
    public void Dispose()
    {
        Stop();
        if (Runners.All(runner => runner.TryEnd(TimeSpan.Zero)))
        {
            _memory.Dispose();
        }
    }
}
