using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>The whole driver against the scripted server, stepped by the test: signals "a" and "b" are watched.</summary>
internal sealed class OpcUaDriverScene : IDisposable
{
    private const int Capacity = 256;

    /// <summary>For a machine that builds at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HotMemory _memory = new(1 << 20);
    private readonly SampleRing _ring;

    /// <param name="field">A field of "b", which is a structure then; "" when it is a number.</param>
    public OpcUaDriverScene(string field = "")
    {
        Server.WatchAll();
        var options = new OpcUaOptions
        {
            Driver = "opcua",
            Groups = new Dictionary<string, OpcUaGroupOptions>
            {
                ["all"] = new()
                {
                    Publishing = TimeSpan.FromMilliseconds(100),
                    Signals = new OrderedDictionary<string, OpcUaSignalOptions>
                    {
                        ["a"] = new() { Node = "nsu=urn:cell;s=a", Type = OpcUaType.I64 },
                        ["b"] = new() { Node = "nsu=urn:cell;s=b", Field = field.Length > 0 ? field : null, Type = OpcUaType.I64 },
                    },
                },
            },
        };
        var signals = options.Entries().Select((entry, index) => new SignalPlan { Index = index, Id = entry.Id, Device = "plc", RawKind = entry.Options.RawKind });
        var device = new DevicePlan { Id = "plc", Driver = "opcua", Index = 0, Signals = [.. signals] };
        _ring = new SampleRing(_memory, Capacity);
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, device.Signals.Count), new UtcOffset(TimeProvider.System));
        Driver = new OpcUaDriver([new DeviceBinding(device, options)], writer, new OpcUaStatistics(), () =>
        {
            SettingsRead++;
            return SubscriptionScene.SettingsFor(Server);
        });
    }

    public ScriptedServer Server { get; } = new();

    public OpcUaDriver Driver { get; }

    /// <summary>How often certificates and user were read.</summary>
    public int SettingsRead { get; private set; }

    /// <summary>All that was written so far, in order.</summary>
    public List<(int Signal, uint Status, long Bits)> Written { get; } = [];

    /// <summary>How often the server heard this request.</summary>
    public int Heard(string request) => Server.Heard.Count(heard => heard == request);

    /// <summary>Connects and has both signals at 1.</summary>
    public void Begin()
    {
        Driver.Connect();
        PublishBoth(1, 1);
        StepUntil(() => Written.Count == 2);
    }

    public void PublishBoth(uint sequence, int value) => Server.PublishValues(
        Server.LastSubscription, sequence, ("a", new DataValue(Variant.Of(value))), ("b", new DataValue(Variant.Of(value))));

    public void StepUntil(Func<bool> condition)
    {
        var untilNanos = MonoClock.NowNanos() + (Patience.Ticks * 100);
        Drain();
        while (!condition())
        {
            Assert.True(MonoClock.NowNanos() < untilNanos, $"Written: {string.Join(", ", Written)}. Heard: {string.Join(", ", Server.Heard)}. {Server.Mistake}");
            Driver.Step(MonoClock.NowNanos());
            Drain();
        }
    }

    /// <summary>Steps until the link is lost, and hangs up as the runner does.</summary>
    public LinkLostException StepUntilLost()
    {
        LinkLostException? lost = null;
        while (lost is null)
        {
            try
            {
                StepUntil(() => false);
            }
            catch (LinkLostException cause)
            {
                lost = cause;
            }
        }

        Driver.Doubt(MonoClock.NowNanos());
        Driver.Disconnect();
        Drain();
        return lost;
    }

    public void Drain()
    {
        var samples = _ring.Peek(Capacity);
        foreach (ref readonly var sample in samples)
        {
            Written.Add((sample.Signal, sample.Status, sample.Bits));
        }

        _ring.Advance(samples.Length);
    }

    public void Dispose()
    {
        Driver.Dispose();
        Server.Dispose();
        _memory.Dispose();
    }
}
