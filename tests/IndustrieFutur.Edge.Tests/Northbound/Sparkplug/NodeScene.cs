using System.Text;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>A node of two devices without a broker: samples go in as from the spool, what it publishes comes out; time passes when told.</summary>
internal sealed class NodeScene : IDeviceLinks, IDisposable
{
    public const int Speed = 0;
    public const int Count = 1;
    public const int Total = 2;
    public const int Runs = 3;
    public const int Code = 4;
    public const int Torque = 5;

    /// <summary>The vectors of the specification's examples have this time, in milliseconds.</summary>
    public const ulong StartMillis = 1_700_000_000_000;

    private const int RingSamples = 4_096;

    private readonly HotMemory _memory = new(SampleRing.BytesNeeded(RingSamples, RingSamples, 64) + 4096);
    private readonly SampleRing _ring;
    private readonly QueueTap _tap;
    private readonly byte[] _buffer;

    public NodeScene(string? primaryHost = null, int samplesPerDevice = 1_000, int batchMax = 500, int historyRate = 100_000)
    {
        Plan = MakePlan();
        _ring = new SampleRing(_memory, RingSamples, RingSamples, 64);
        var terms = new SparkplugTerms(batchMax, BatchEveryNanos, historyRate);
        Queues = [.. Plan.Devices.Select(device => new DeviceQueue(device, Plan.Signals.Count, samplesPerDevice, terms))];
        _tap = new QueueTap(Plan, Queues);
        Session = new EdgeNodeSession(Topics, Queues, this, primaryHost, historyRate);
        _buffer = new byte[Session.BufferNeeded];
    }

    public static long BatchEveryNanos => 250_000_000;

    public CellPlan Plan { get; }

    public SparkplugTopics Topics { get; } = new("G", "E");

    public DeviceQueue[] Queues { get; }

    public EdgeNodeSession Session { get; }

    /// <summary>Which devices are reached, by place in the plan.</summary>
    public bool[] Connected { get; } = [true, true];

    public long MonoNanos { get; private set; } = 1_000_000_000_000;

    public ulong UtcMillis { get; private set; } = StartMillis;

    public bool IsConnected(int device) => Connected[device];

    public void Pass(TimeSpan time)
    {
        MonoNanos += time.Ticks * 100;
        UtcMillis += (ulong)time.TotalMilliseconds;
    }

    /// <summary>One sample of now, or of some milliseconds before.</summary>
    public void Append(int signal, long value, string text = "", long agoMillis = 0) =>
        Put(signal, Plan.Signals[signal].Kind == ValueKind.Float64 ? BitConverter.DoubleToInt64Bits(value) : value, text, 0, agoMillis);

    public void Append(int signal, double value, uint status = 0, long agoMillis = 0) =>
        Put(signal, BitConverter.DoubleToInt64Bits(value), "", status, agoMillis);

    /// <summary>Opens an MQTT session and returns what comes at once.</summary>
    public IReadOnlyList<Published> Begin(byte bdSeq = 0)
    {
        Session.Begin(bdSeq);
        return Pump();
    }

    public HostWord Hear(string state) => Session.HearHost(Encoding.UTF8.GetBytes(state), MonoNanos);

    /// <summary>The next message that is due, undecoded, for what counts bytes; its length, or 0.</summary>
    public int Next() => Session.TryNext(UtcMillis, MonoNanos, _buffer, out var message) ? message.Length : 0;

    /// <summary>Everything that is due now.</summary>
    public IReadOnlyList<Published> Pump()
    {
        var all = new List<Published>();
        while (Session.TryNext(UtcMillis, MonoNanos, _buffer, out var message))
        {
            Assert.Equal(message.Topic == Topics.NodeDeath, message.IsNodeDeath);
            all.Add(new Published(message.Topic, _buffer[..message.Length]));
        }

        return all;
    }

    /// <summary>Everything that is due once what waits for company has waited long enough.</summary>
    public IReadOnlyList<Published> PumpLater()
    {
        Pass(TimeSpan.FromTicks(BatchEveryNanos / 100));
        return Pump();
    }

    public void Dispose() => _memory.Dispose();

    private void Put(int signal, long bits, string text, uint status, long agoMillis)
    {
        var sample = new Sample(signal, status, bits, (((long)UtcMillis - agoMillis) * 1_000_000) + 999_999, MonoNanos);
        var isText = Plan.Signals[signal].Kind == ValueKind.Text && !StatusCode.IsBad(status);
        Assert.True(isText ? _ring.TryWriteText(sample, Encoding.UTF8.GetBytes(text)) : _ring.TryWrite(sample));
        _tap.Take(_ring.Peek(1), _ring);
        _ring.Advance(1);
    }

    private static CellPlan MakePlan()
    {
        SignalPlan[] plc =
        [
            Signal(Speed, "plc", "conveyor.speed", ValueKind.Float64) with { Unit = "mm/s" },
            Signal(Count, "plc", "count", ValueKind.Int64),
            Signal(Total, "plc", "total", ValueKind.UInt64),
            Signal(Runs, "plc", "runs", ValueKind.Boolean),
            Signal(Code, "plc", "code", ValueKind.Text) with { TextBytes = 64 },
        ];
        SignalPlan[] arm = [Signal(Torque, "arm", "torque", ValueKind.Float64) with { Unit = "N·m" }];
        return new CellPlan
        {
            Group = "G",
            Edge = "E",
            Devices =
            [
                new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = plc },
                new DevicePlan { Id = "arm", Driver = "rtde", Index = 1, Signals = arm },
            ],
            Signals = [.. plc, .. arm],
            Hash = 1,
            TextBytesMax = 64,
        };
    }

    private static SignalPlan Signal(int index, string device, string id, ValueKind kind) => new() { Index = index, Id = id, Device = device, RawKind = kind };
}
