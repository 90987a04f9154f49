using System.Globalization;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Rtde;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Tests.Drivers.Rtde;

/// <summary>An RTDE driver with a ring of its own, stepped by the test as its runner would; it keeps what the driver wrote.</summary>
internal sealed class RtdeBench : IDisposable
{
    private const int Capacity = 65_536;

    private readonly HotMemory _memory;
    private readonly SampleRing _ring;
    private readonly SignalPlan[] _signals;

    public RtdeBench(RtdeOptions options, Func<CancellationToken, IByteLink> open)
    {
        _signals = [.. options.Entries().Select((entry, index) => new SignalPlan { Index = index, Id = entry.Id, Device = "cobot", RawKind = entry.Options.RawKind })];
        _memory = new HotMemory(SampleRing.BytesNeeded(Capacity, 0, 0) + LedgerCounters.BytesNeeded(_signals.Length) + RtdeStatistics.BytesNeeded);
        _ring = new SampleRing(_memory, Capacity);
        Writer = new SampleWriter(_ring, new LedgerCounters(_memory, _signals.Length), new UtcOffset(TimeProvider.System));
        var plan = new DevicePlan { Id = "cobot", Driver = "rtde", Index = 0, Signals = _signals };
        Driver = new RtdeDriver(new DeviceBinding(plan, options), Writer, new RtdeStatistics(_memory), open);
    }

    public RtdeDriver Driver { get; }

    public SampleWriter Writer { get; }

    /// <summary>One signal of this kind, in one group.</summary>
    public static RtdeOptions Options(params (string Id, RtdeSignalOptions Signal)[] signals) => Options(125, signals);

    public static RtdeOptions Options(int frequency, params (string Id, RtdeSignalOptions Signal)[] signals) => new()
    {
        Tcp = new TcpOptions { Host = "robot" },
        Frequency = frequency,
        Groups = new Dictionary<string, RtdeGroupOptions> { ["all"] = new() { Signals = signals.ToDictionary(pair => pair.Id, pair => pair.Signal) } },
    };

    /// <summary>What was written since the last look: "signal=value", "signal~value" for an Uncertain one, "signal!" and the name of its quality for a Bad one.</summary>
    public List<string> Samples() => [.. Drain().Select(Describe)];

    /// <summary>The samples themselves.</summary>
    public List<Sample> Drain()
    {
        var samples = new List<Sample>();
        for (var ready = _ring.Peek(Capacity); ready.Length > 0; ready = _ring.Peek(Capacity))
        {
            samples.AddRange(ready);
            _ring.Advance(ready.Length);
        }

        return samples;
    }

    /// <summary>Empties the ring and looks at nothing; how many there were.</summary>
    public int Skip()
    {
        var ready = _ring.Peek(Capacity).Length;
        _ring.Advance(ready);
        return ready;
    }

    public string IdOf(in Sample sample) => _signals[sample.Signal].Id;

    public void Step() => Driver.Step(MonoClock.NowNanos());

    /// <summary>Steps the driver until it is so, or fails after five seconds.</summary>
    public void StepUntil(Func<bool> isReached, Action? between = null)
    {
        var deadline = MonoClock.NowNanos() + 5_000_000_000;
        while (!isReached())
        {
            Assert.True(MonoClock.NowNanos() < deadline, "it was not reached within five seconds");
            between?.Invoke();
            Step();
        }
    }

    /// <summary>Steps the driver until it says that the link is lost, or fails after five seconds.</summary>
    public LinkLostException StepUntilLost() => Assert.Throws<LinkLostException>(() => StepUntil(static () => false));

    public void Dispose()
    {
        Driver.Dispose();
        _memory.Dispose();
    }

    private string Describe(Sample sample)
    {
        var signal = _signals[sample.Signal];
        if (StatusCode.IsBad(sample.Status))
        {
            return $"{signal.Id}!{sample.Status:X8}";
        }

        var value = signal.RawKind switch
        {
            ValueKind.Float64 => sample.AsDouble.ToString("0.######", CultureInfo.InvariantCulture),
            ValueKind.Boolean => sample.Bits != 0 ? "true" : "false",
            ValueKind.UInt64 => ((ulong)sample.Bits).ToString(CultureInfo.InvariantCulture),
            _ => sample.Bits.ToString(CultureInfo.InvariantCulture),
        };
        return signal.Id + (StatusCode.IsGood(sample.Status) ? "=" : "~") + value;
    }
}
