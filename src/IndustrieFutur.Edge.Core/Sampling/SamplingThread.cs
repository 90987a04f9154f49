using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>Runs the sampling loop on a thread of its own, at its own pace, until it is stopped; then once more until the inputs are empty.</summary>
public sealed class SamplingThread : IDisposable
{
    private readonly SamplingLoop _loop;
    private readonly PacedThread _thread;

    public SamplingThread(SamplingLoop loop, TimeSpan tick)
    {
        _loop = loop;
        _thread = new PacedThread("sampling", tick, ThreadPriority.AboveNormal, Tick, DrainInputs);
    }

    public long MissedTicks => _thread.Missed;

    public long Ticks => _loop.Ticks;

    public void Start() => _thread.Start();

    /// <summary>Stops after the inputs are drained. Call it when no driver writes any more.</summary>
    public void Stop() => _thread.Stop();

    public void Dispose() => _thread.Dispose();

    private void Tick() => _loop.Tick(MonoClock.NowNanos());

    /// <summary>The drivers have stopped, so this ends: nothing that was accepted stays behind in a ring.</summary>
    private void DrainInputs()
    {
        while (_loop.Tick(MonoClock.NowNanos()) > 0)
        {
        }

        _loop.Flush();
    }
}
