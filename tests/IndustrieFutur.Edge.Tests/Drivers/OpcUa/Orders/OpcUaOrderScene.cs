using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa.Orders;

/// <summary>The whole driver with targets and one signal against any server; the test is the thread of its link.</summary>
internal sealed class OpcUaOrderScene : IDisposable
{
    private const int DeviceIndex = 3;

    private readonly HotMemory _memory = new(1 << 20);
    private readonly SampleRing _ring;
    private long _lastId;

    public OpcUaOrderScene(Func<SessionSettings> settings, params OpcUaTargetOptions[] targets)
    {
        var options = new OpcUaOptions
        {
            Driver = "opcua",
            Groups = new Dictionary<string, OpcUaGroupOptions>
            {
                ["all"] = new() { Signals = new Dictionary<string, OpcUaSignalOptions> { ["state"] = new() { Node = "i=2259", Type = OpcUaType.I64 } } },
            },
            Targets = new OrderedDictionary<string, OpcUaTargetOptions>(targets.Select((target, place) => KeyValuePair.Create($"t{place}", target))),
        };
        var signal = new SignalPlan { Index = 0, Id = "state", Device = "plc", RawKind = ValueKind.Int64 };
        var device = new DevicePlan { Id = "plc", Driver = "opcua", Index = DeviceIndex, Signals = [signal] };
        _ring = new SampleRing(_memory, 256);
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, 1), new UtcOffset(TimeProvider.System));
        Driver = new OpcUaDriver([new DeviceBinding(device, options)], writer, new OpcUaStatistics(), settings);
    }

    public OpcUaDriver Driver { get; }

    /// <summary>Gives an order to a target by its place, as the desk does when all else holds.</summary>
    public OrderAnswer Execute(int target, params double[] values)
    {
        var order = new Order { Id = ++_lastId, Count = values.Length };
        values.CopyTo(order.Values, 0);
        var command = new CommandPlan
        {
            Index = 0,
            Id = "c",
            Device = DeviceIndex,
            Target = target,
            TargetWords = "",
            Level = 1,
            EffectNanos = 1,
        };
        return Driver.Execute(order, command);
    }

    public void Dispose()
    {
        Driver.Dispose();
        _memory.Dispose();
    }
}
