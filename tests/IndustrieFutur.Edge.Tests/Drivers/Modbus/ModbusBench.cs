using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Drivers.Modbus;

/// <summary>A driver with everything around it that it needs, and a clock that the test moves.</summary>
internal sealed class ModbusBench : IDisposable
{
    private const int RingCapacity = 65_536;
    private const int TextSlots = 64;
    private const int TextBytes = 64;

    private readonly HotMemory _memory;
    private readonly SampleRing _ring;
    private readonly List<SignalPlan> _signals = [];
    private long _now = MonoClock.NowNanos();

    public ModbusBench(Func<IByteLink>? open, params ModbusOptions[] devices)
    {
        var bindings = devices.Select(Bind).ToList();
        var ringBytes = SampleRing.BytesNeeded(RingCapacity, TextSlots, TextBytes);
        _memory = new HotMemory(ringBytes + LedgerCounters.BytesNeeded(_signals.Count) + ModbusDriver.Kind.StatisticsBytes(bindings));
        _ring = new SampleRing(_memory, RingCapacity, TextSlots, TextBytes);
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, _signals.Count), new UtcOffset(TimeProvider.System));
        Driver = new ModbusDriver(bindings, writer, ModbusBindings.Statistics(bindings, _memory), open is null ? null : _ => open());
    }

    public ModbusDriver Driver { get; }

    /// <summary>The clock that the test moves.</summary>
    public long Now => _now;

    /// <summary>A line on which bytes take no time and frames need no silence.</summary>
    public static SerialOptions Line => new() { Port = "memory", Settings = "4000000 8N1", InterFrameGap = "0ms" };

    /// <summary>Options of a device with one group, in the short form "id = address type".</summary>
    public static ModbusOptions Device(int unit, TimeSpan interval, params (string Id, string Address, string Type)[] signals) => new()
    {
        Driver = "modbus",
        Serial = Line,
        Unit = unit,
        AddressBase = 0,
        Groups = new Dictionary<string, GroupOptions<ModbusSignalOptions>>
        {
            ["all"] = new()
            {
                Interval = interval,
                Signals = signals.ToDictionary(signal => signal.Id, signal => Signal(signal.Address, signal.Type)),
            },
        },
    };

    public void Connect()
    {
        Driver.Connect();
        _now = Math.Max(_now, MonoClock.NowNanos());
    }

    /// <summary>Lets time pass, doing what is due in it.</summary>
    public void Run(TimeSpan time)
    {
        var end = _now + (time.Ticks * TimeSpan.NanosecondsPerTick);
        var next = Driver.Step(_now);
        while (next <= end)
        {
            _now = Math.Max(_now, next);
            next = Driver.Step(_now);
        }

        _now = end;
    }

    /// <summary>Lets time pass in which nothing is done.</summary>
    public void Stall(TimeSpan time) => _now += time.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Runs until the link is lost, and says why; two minutes at most.</summary>
    public string RunUntilLost() => Assert.Throws<LinkLostException>(() => Run(TimeSpan.FromMinutes(2))).Message;

    /// <summary>What was written since the last look, in order.</summary>
    public List<(string Id, uint Status, object Value)> Take()
    {
        var taken = new List<(string, uint, object)>();
        for (var ready = _ring.Peek(RingCapacity); ready.Length > 0; ready = _ring.Peek(RingCapacity))
        {
            foreach (var sample in ready)
            {
                taken.Add((_signals[sample.Signal].Id, sample.Status, Value(sample)));
            }

            _ring.Advance(ready.Length);
        }

        return taken;
    }

    public void DropAll()
    {
        for (var ready = _ring.Peek(RingCapacity); ready.Length > 0; ready = _ring.Peek(RingCapacity))
        {
            _ring.Advance(ready.Length);
        }
    }

    public void Dispose()
    {
        Driver.Dispose();
        _memory.Dispose();
    }

    private static ModbusSignalOptions Signal(string address, string type)
    {
        var parts = type.Split(' ');
        var isBit = parts[0].StartsWith("bit", StringComparison.Ordinal);
        return new ModbusSignalOptions
        {
            Address = address,
            Type = isBit || parts[0] == "bool" ? null : Enum.Parse<Edge.Protocols.Modbus.ModbusType>(parts[0], ignoreCase: true),
            Bit = isBit ? int.Parse(parts[0].AsSpan(3), System.Globalization.CultureInfo.InvariantCulture) : null,
            Order = parts.Length > 1 && parts[0] != "string" ? parts[1] : null,
            Length = parts[0] == "string" ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null,
        };
    }

    private DeviceBinding Bind(ModbusOptions options, int place)
    {
        var device = $"device{place}";
        var signals = options.Entries().Select((entry, index) => new SignalPlan
        {
            Index = _signals.Count + index,
            Id = entry.Id,
            Device = device,
            RawKind = entry.Options.RawKind,
            TextBytes = entry.Options.RawKind == ValueKind.Text ? TextBytes : 0,
        }).ToList();
        _signals.AddRange(signals);
        return new DeviceBinding(new DevicePlan { Id = device, Driver = "modbus", Index = place, Signals = signals }, options);
    }

    private object Value(in Sample sample)
    {
        if (StatusCode.IsBad(sample.Status))
        {
            return "";
        }

        return _signals[sample.Signal].RawKind switch
        {
            ValueKind.Float64 => sample.AsDouble,
            ValueKind.Boolean => sample.Bits != 0,
            ValueKind.Text => System.Text.Encoding.UTF8.GetString(_ring.Text(sample)),
            ValueKind.UInt64 => (ulong)sample.Bits,
            _ => sample.Bits,
        };
    }
}
