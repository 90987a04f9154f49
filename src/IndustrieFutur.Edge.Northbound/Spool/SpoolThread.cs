using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>Empties the telemetry ring into the spool on a thread of its own, and once more after the sampling loop has ended.</summary>
public sealed class SpoolThread : IDisposable
{
    /// <summary>Fifty times a second: a ring of 16,384 samples then overflows only above 800,000 samples a second.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    private readonly TelemetrySpool _spool;
    private readonly SampleRing _ring;
    private readonly Pacer _pacer = new(Every);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _started;

    public SpoolThread(TelemetrySpool spool, SampleRing ring)
    {
        _spool = spool;
        _ring = ring;
        _thread = new Thread(Run) { Name = "spool", IsBackground = true };
    }

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Stops after the ring is empty. Call it when the sampling loop has ended.</summary>
    public void Stop()
    {
        _stopping = true;
        if (_started)
        {
            _thread.Join();
        }
    }

    public void Dispose() => Stop();

    private void Run()
    {
        while (!_stopping)
        {
            _pacer.WaitForNext();
            _spool.Drain(_ring);
        }

        _spool.Drain(_ring);
    }
}
