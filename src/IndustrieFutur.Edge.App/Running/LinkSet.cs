using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The hot side of a cell as the service has it: in memory of its own with all links, or shared with a sampler that runs most of them.</summary>
internal sealed class LinkSet : IDisposable
{
    /// <summary>Longer than any tick takes on a busy machine.</summary>
    private const long StillNanos = 2_000_000_000;

    private readonly HotMemory _memory;
    private readonly HotSide _hot;
    private readonly Dictionary<string, LinkView> _viewOfDevice = [];
    private volatile bool _stopped;

    /// <summary>Everything in this process.</summary>
    public LinkSet(EdgeConfiguration configuration, TimeProvider clock, ILoggerFactory loggers)
        : this(configuration, clock, loggers, null)
    {
    }

    /// <param name="configuration">The cell's.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="loggers">For the runners.</param>
    /// <param name="shared">The block that a sampler works on, taken up to here; null: there is none.</param>
    public LinkSet(EdgeConfiguration configuration, TimeProvider clock, ILoggerFactory loggers, HotMemory? shared)
    {
        var links = LinksOf(configuration);
        var ringSamples = configuration.Options.Sampling.RingSamples;
        _memory = shared ?? new HotMemory(HotSide.BytesNeeded(configuration.Plan, links, ringSamples));
        _hot = new HotSide(_memory, configuration.Plan, links, ringSamples, clock);
        var surroundings = new DriverSurroundings(configuration.Plan.Edge, configuration.DataDirectory, configuration.BaseDirectory, clock);
        var runners = new List<LinkRunner>();
        for (var i = 0; i < links.Count; i++)
        {
            foreach (var device in links[i].Devices)
            {
                _viewOfDevice[device.Plan.Id] = _hot.Views[i];
            }

            if (shared is null || !links[i].Kind.RunsApart)
            {
                // A service that was killed left its ring as it was.
                _hot.Inputs[i].TakeOverWriting();
                runners.Add(links[i].Run(_hot.Views[i], _hot.WriterOf(i), surroundings, loggers.CreateLogger<LinkRunner>(), _hot.DeskOf(i)));
            }
        }

        Runners = runners;
    }

    public LoopGauges Gauges => _hot.Gauges;

    public LedgerCounters Ledger => _hot.Ledger;

    public LatestValues Latest => _hot.Latest;

    public SampleRing Output => _hot.Output;

    public UtcOffset Utc => _hot.Utc;

    public IReadOnlyList<SampleRing> Inputs => _hot.Inputs;

    /// <summary>What people and metrics see of each link, whoever runs it.</summary>
    public IReadOnlyList<LinkView> Views => _hot.Views;

    /// <summary>Those that run in this process.</summary>
    public IReadOnlyList<LinkRunner> Runners { get; }

    public SamplingLoop Loop => _hot.Loop;

    /// <summary>The inbox of each link, in the order of <see cref="Views"/>.</summary>
    public IReadOnlyList<OrderBox> Boxes => _hot.Boxes;

    /// <summary>From the tick to the gate: the rules that were set off.</summary>
    public ReactionRing Reactions => _hot.Reactions;

    /// <summary>Conditions on the latest values, for one thread.</summary>
    public LiveConditions NewConditions() => _hot.NewConditions();

    /// <summary>
    /// The loop has ticked and does so no more, whoever runs it: what it left is the last that was known, and no longer what is.
    /// </summary>
    public bool StandsStill => !_stopped && _hot.Gauges.LastTickMonoNanos is not 0 and var last && MonoClock.NowNanos() - last > Math.Max(StillNanos, 3 * _hot.Gauges.PeriodNanos);

    public static IReadOnlyList<LinkPlan> LinksOf(EdgeConfiguration configuration) => LinkPlan.Of(configuration.Plan, device => configuration.Options.Devices[device]);

    /// <summary>The link that a device is behind; null for a device of derived signals, which has none.</summary>
    public LinkView? ViewOf(string device) => _viewOfDevice.GetValueOrDefault(device);

    public void Start()
    {
        foreach (var runner in Runners)
        {
            runner.Start();
        }
    }

    /// <summary>What the rings still hold goes to the output, when the loop is gone and every link has ended.</summary>
    public void RunDry() => _hot.RunDry();

    /// <summary>Ends all links at once; one that is held by a write that goes nowhere is left behind after a moment.</summary>
    public void Stop()
    {
        _stopped = true;
        LinkRunner.StopAll(Runners);
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
