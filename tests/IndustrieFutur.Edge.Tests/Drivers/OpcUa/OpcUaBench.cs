using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>The driver's end of an OPC UA link without the link: the test plays the server.</summary>
internal sealed class OpcUaBench : IDisposable
{
    /// <summary>Places of the plan's items.</summary>
    public const int Number = 0;
    public const int Word = 1;
    public const int Element = 2;
    public const int Parts = 3;
    public const int Structure = 4;
    public const int Shared = 5;
    public const int SharedWord = 6;
    public const int Letter = 7;

    private const int Capacity = 256;
    private const int TextBytes = 64;
    private const string Uri = "nsu=urn:t;s=";

    private readonly HotMemory _memory = new(1 << 20);
    private readonly SampleRing _ring;
    private readonly SampleWriter _writer;
    private readonly MessageBuffer _scratch = new(1 << 16);

    public OpcUaBench()
    {
        var options = new OpcUaOptions
        {
            Driver = "opcua",
            Groups = new Dictionary<string, OpcUaGroupOptions>
            {
                ["all"] = new()
                {
                    Signals = new OrderedDictionary<string, OpcUaSignalOptions>
                    {
                        ["number"] = new() { Node = Uri + "number", Type = OpcUaType.F64 },
                        ["word"] = new() { Node = Uri + "word", Type = OpcUaType.Text },
                        ["element"] = new() { Node = Uri + "array", Index = "3", Type = OpcUaType.I64 },
                        ["first"] = new() { Node = Uri + "array", Field = "[0]", Type = OpcUaType.F64 },
                        ["second"] = new() { Node = Uri + "array", Field = "[1]", Type = OpcUaType.F64 },
                        ["third"] = new() { Node = Uri + "array", Field = "[2]", Type = OpcUaType.F64 },
                        ["x"] = new() { Node = Uri + "pose", Field = "Position.X", Type = OpcUaType.F64 },
                        ["gone"] = new() { Node = Uri + "pose", Field = "Position.Y", Type = OpcUaType.F64 },
                        ["whole"] = new() { Node = Uri + "shared", Type = OpcUaType.F64 },
                        ["count"] = new() { Node = Uri + "shared", Type = OpcUaType.I64 },
                        ["field"] = new() { Node = Uri + "shared", Field = "X", Type = OpcUaType.F64 },
                        ["name"] = new() { Node = Uri + "name", Type = OpcUaType.Text },
                        ["letter"] = new() { Node = Uri + "name", Field = "[0]", Type = OpcUaType.Text },
                        ["one"] = new() { Node = Uri + "name", Index = "0", Type = OpcUaType.Text },
                    },
                },
            },
        };
        var signals = options.Entries().Select((entry, index) => new SignalPlan
        {
            Index = index,
            Id = entry.Id,
            Device = "plc",
            RawKind = entry.Options.RawKind,
            TextBytes = TextBytes,
        });
        var plan = OpcUaPlan.Build([new DeviceBinding(new DevicePlan { Id = "plc", Driver = "opcua", Index = 0, Signals = [.. signals] }, options)]);
        _ring = new SampleRing(_memory, Capacity, Capacity, TextBytes);
        var utc = new UtcOffset(TimeProvider.System);
        _writer = new SampleWriter(_ring, new LedgerCounters(_memory, plan.Signals.Length), utc);
        Values = new OpcUaLastValues(plan.Signals, _writer);
        Feed = new OpcUaFeed(Values, plan.Items, Statistics, _writer, TimeSpan.FromHours(1));
        Feed.Hear();
        Plan = plan;
    }

    public OpcUaPlan Plan { get; }

    public OpcUaStatistics Statistics { get; } = new();

    public OpcUaLastValues Values { get; }

    public OpcUaFeed Feed { get; }

    public long MonoNow { get; } = MonoClock.NowNanos();

    public long UtcNow => _writer.ToUtc(MonoClock.NowNanos());

    public void Take(int place, in NotifiedValue value) => Feed.TakeValue(OpcUaHandle.Of(place, 0), in value);

    /// <summary>Encodes the value as a server does and decodes it as the client does.</summary>
    public void TakeVariant(int place, Variant variant)
    {
        _scratch.Clear();
        new UaWriter(_scratch).WriteVariant(variant);
        var value = default(NotifiedValue);
        if (variant.IsArray || !OpcUaConversion.IsNumber(variant.Type))
        {
            UnsizedValue.Read(_scratch.Written, ref value);
        }
        else
        {
            value.Type = variant.Type;
            value.Bits = NotifiedValue.ReadBits(variant.Type, _scratch.Written[1..]);
        }

        Take(place, in value);
    }

    /// <summary>A Variant as it came, whatever is wrong with it.</summary>
    public void TakeEncoded(int place, ReadOnlySpan<byte> encoded)
    {
        var value = default(NotifiedValue);
        UnsizedValue.Read(encoded, ref value);
        Take(place, in value);
    }

    public List<Sample> Drain()
    {
        var samples = _ring.Peek(Capacity).ToArray().ToList();
        Skip();
        return samples;
    }

    public List<string> DrainTexts()
    {
        var texts = new List<string>();
        foreach (ref readonly var sample in _ring.Peek(Capacity))
        {
            texts.Add(System.Text.Encoding.UTF8.GetString(_ring.Text(sample)));
        }

        Skip();
        return texts;
    }

    /// <summary>Takes out what is there, texts included, and looks at nothing.</summary>
    public void Skip()
    {
        var ready = _ring.Peek(Capacity);
        foreach (ref readonly var sample in ready)
        {
            if (Plan.Signals[sample.Signal].Kind == ValueKind.Text && !StatusCode.IsBad(sample.Status))
            {
                _ = _ring.Text(sample);
            }
        }

        _ring.Advance(ready.Length);
    }

    public void Dispose() => _memory.Dispose();
}
