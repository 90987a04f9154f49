using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Where the values go in the service too: Core's ring, written with its ledger, and a thread that takes them out again.</summary>
internal sealed class OpcUaRing : IDisposable
{
    /// <summary>Two million values a second are the most here; the rest is for a machine so busy that the drain waits a fifth of a second for a core.</summary>
    private const int Capacity = 524_288;

    /// <summary>Seldom, because it is the client that is measured: its wake-ups would be most of the idle baseline.</summary>
    private static readonly TimeSpan DrainPeriod = TimeSpan.FromMilliseconds(50);

    private readonly HotMemory _memory;
    private readonly SampleRing _ring;
    private readonly PacedThread _drain;
    private long _drained;

    public OpcUaRing(int signals)
    {
        _memory = new HotMemory(SampleRing.BytesNeeded(Capacity, 0, 0) + LedgerCounters.BytesNeeded(signals));
        _ring = new SampleRing(_memory, Capacity);
        Writer = new SampleWriter(_ring, new LedgerCounters(_memory, signals), new UtcOffset(TimeProvider.System));
        _drain = new PacedThread("drain", DrainPeriod, ThreadPriority.Normal, Drain, Drain);
        _drain.Start();
    }

    public SampleWriter Writer { get; }

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
