using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>Runs the sampling loop on a thread of its own, at its own pace, until it is stopped; then once more until the inputs are empty.</summary>
public sealed class SamplingThread : IDisposable
{
    private readonly SamplingLoop _loop;
    private readonly Pacer _pacer;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _started;

    public SamplingThread(SamplingLoop loop, TimeSpan tick)
    {
        _loop = loop;
        _pacer = new Pacer(tick);
        _thread = new Thread(Run) { Name = "sampling", IsBackground = true, Priority = ThreadPriority.AboveNormal };
    }

    public long MissedTicks => _pacer.Missed;

    public long Ticks => _loop.Ticks;

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Stops after the inputs are drained. Call it when no driver writes any more.</summary>
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
            _loop.Tick(MonoClock.NowNanos());
        }

        // The drivers have stopped, so this ends: nothing that was accepted stays behind in a ring.
        while (_loop.Tick(MonoClock.NowNanos()) > 0)
        {
        }
    }
}
