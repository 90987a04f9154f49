using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Framed;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Drivers.Framed;

/// <summary>A driver of one device with a ring of its own, stepped by the test as its runner would; it keeps what the driver wrote.</summary>
internal sealed class FramedBench : IDisposable
{
    private const int CapacityUsual = 4_096;
    private const int TextBytes = 64;
    private const int TextSlots = 64;
    private const int StatisticsBytes = 1_024;

    private readonly HotMemory _memory;
    private readonly SampleRing _ring;
    private readonly SignalPlan[] _signals;

    private readonly int _capacity;

    public FramedBench(FramedOptions options, Func<CancellationToken, IByteLink> open)
        : this(options, (device, writer, _) => new FramedDriver(device, writer, open))
    {
    }

    /// <summary>For any driver of one device; a small ring is full soon.</summary>
    public FramedBench(DeviceOptions options, Func<DeviceBinding, SampleWriter, HotMemory, ILinkDriver> make, int capacity = CapacityUsual)
    {
        _capacity = capacity;
        _signals = [.. options.Entries().Select((entry, index) => new SignalPlan
        {
            Index = index,
            Id = entry.Id,
            Device = "device",
            RawKind = entry.Options.RawKind,
            Interval = entry.Interval,
        })];
        _memory = new HotMemory(SampleRing.BytesNeeded(capacity, TextSlots, TextBytes) + LedgerCounters.BytesNeeded(_signals.Length) + StatisticsBytes);
        _ring = new SampleRing(_memory, capacity, TextSlots, TextBytes);
        var writer = new SampleWriter(_ring, new LedgerCounters(_memory, _signals.Length), new UtcOffset(TimeProvider.System));
        var plan = new DevicePlan { Id = "device", Driver = "framed", Index = 0, Signals = _signals };
        Driver = make(new DeviceBinding(plan, options), writer, _memory);
    }

    public ILinkDriver Driver { get; }

    /// <summary>What was written: "signal=value", or "signal!" and the name of its quality.</summary>
    public List<string> Samples { get; } = [];

    /// <summary>Steps the driver until the samples are as expected, or fails after five seconds.</summary>
    public void StepUntil(Func<List<string>, bool> isReached)
    {
        var deadline = MonoClock.NowNanos() + 5_000_000_000;
        while (!isReached(Samples))
        {
            var now = MonoClock.NowNanos();
            Assert.True(now < deadline, $"only these samples came within five seconds: {string.Join(", ", Samples)}");
            Pacer.SleepUntil(Math.Min(Driver.Step(now), now + 20_000_000));
            Drain();
        }
    }

    public void StepUntilSeen(params string[] expected) => StepUntil(samples => expected.All(samples.Contains));

    /// <summary>Steps the driver until it says that the link is lost, or fails after five seconds.</summary>
    public LinkLostException StepUntilLost() =>
        Assert.Throws<LinkLostException>(() => StepUntil(static _ => false));

    /// <summary>Connects when the device is ready to take it, or fails after five seconds.</summary>
    public void StepUntilConnected()
    {
        var deadline = MonoClock.NowNanos() + 5_000_000_000;
        while (!Driver.HasAnswered)
        {
            try
            {
                Driver.Connect();
            }
            catch (LinkLostException refused)
            {
                Assert.True(MonoClock.NowNanos() < deadline, refused.Message);
            }
        }
    }

    public void Dispose()
    {
        Driver.Dispose();
        _memory.Dispose();
    }

    private void Drain()
    {
        var samples = _ring.Peek(_capacity);
        foreach (ref readonly var sample in samples)
        {
            Samples.Add(Describe(sample));
        }

        _ring.Advance(samples.Length);
    }

    private string Describe(in Sample sample)
    {
        var signal = _signals[sample.Signal];
        if (StatusCode.IsBad(sample.Status))
        {
            return $"{signal.Id}!{StatusCode.Name(sample.Status)}";
        }

        return signal.RawKind switch
        {
            ValueKind.Float64 => FormattableString.Invariant($"{signal.Id}={sample.AsDouble}"),
            ValueKind.Boolean => $"{signal.Id}={(sample.Bits != 0 ? "true" : "false")}",
            ValueKind.Text => $"{signal.Id}={Encoding.UTF8.GetString(_ring.Text(sample))}",
            _ => FormattableString.Invariant($"{signal.Id}={sample.Bits}"),
        };
    }
}
