using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Where the values go in the service too: Core's ring, written with its ledger, and a thread that takes them out again.</summary>
internal sealed class OpcUaRing : IDisposable
{
    /// <summary>What eight million values a second bring between two drains, to the next power of two: no client here comes near.</summary>
    private const int Capacity = 65_536;

    /// <summary>As often as the sampling thread of a cell that is in a hurry.</summary>
    private static readonly TimeSpan DrainPeriod = TimeSpan.FromMilliseconds(5);

    private readonly HotMemory _memory;
    private readonly SampleRing _ring;
    private readonly PacedThread _drain;
    private long _drained;

    public OpcUaRing(int signals)
    {
        _memory = new HotMemory(SampleRing.BytesNeeded(Capacity, 0, 0) + LedgerCounters.BytesNeeded(signals));
        _ring = new SampleRing(_memory, Capacity);
        Signals = signals;
        Writer = new SampleWriter(_ring, new LedgerCounters(_memory, signals), new UtcOffset(TimeProvider.System));
        _drain = new PacedThread("drain", DrainPeriod, ThreadPriority.Normal, Drain, Drain);
        _drain.Start();
    }

    public int Signals { get; }

    public SampleWriter Writer { get; }

    /// <summary>When the message in hand arrived; set once a message by its receiver.</summary>
    public long ArrivalMonoNanos { get; set; }

    /// <summary>Values that came out at the other end.</summary>
    public long Drained => Volatile.Read(ref _drained);

    /// <summary>Values that found the ring full; a figure with such is none.</summary>
    public long Refused => _ring.Refused;

    public void Dispose()
    {
        _drain.Dispose();
        _memory.Dispose();
    }

    private void Drain()
    {
        while (true)
        {
            var samples = _ring.Peek(int.MaxValue);
            if (samples.IsEmpty)
            {
                return;
            }

            _ring.Advance(samples.Length);
            Volatile.Write(ref _drained, _drained + samples.Length);
        }
    }
}
