using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// Runs the sampling loop on a thread of its own, at its own pace and with what privileges it gets, until it is stopped; then once
/// more until the inputs are empty.
/// </summary>
public sealed class SamplingThread : IDisposable
{
    /// <summary>The count of collections and the guard change seldom: told once a second.</summary>
    private const long TellEveryNanos = 1_000_000_000;

    private readonly SamplingLoop _loop;
    private readonly LoopGauges _gauges;
    private readonly SamplingPace _pace;
    private readonly Pacer _pacer;
    private readonly RealTime _realTime;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _started;
    private long _nextTelling;

    public SamplingThread(SamplingLoop loop, LoopGauges gauges, SamplingPace pace)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(gauges);
        ArgumentNullException.ThrowIfNull(pace);
        _loop = loop;
        _gauges = gauges;
        _pace = pace;
        _pacer = new Pacer(pace.Tick, pace.Guard);
        _realTime = new RealTime(pace.RealTime);
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

    public void Dispose()
    {
        Stop();
        _realTime.Dispose();
    }

    private void Run()
    {
        _gauges.Began(_pace.Tick.Ticks * 100);
        foreach (var report in _realTime.Enter())
        {
            _gauges.Obtained(report);
        }

        while (!_stopping)
        {
            Tick();
        }

        // The rings may be full: emptied at leisure, not before everything else.
        _realTime.Leave();
        DrainInputs();
    }

    private void Tick()
    {
        var missed = _pacer.Missed;
        var deadline = _pacer.WaitForNext();
        var began = MonoClock.NowNanos();
        _loop.Tick(began);
        _gauges.Ticked(deadline, began, MonoClock.NowNanos(), _pacer.Missed - missed);
        if (began >= _nextTelling)
        {
            _gauges.Lives(GC.CollectionCount(0), GC.GetTotalAllocatedBytes(), _pacer.GuardNanos);
            _nextTelling = began + TellEveryNanos;
        }
    }

    /// <summary>The drivers have stopped, so this ends: nothing that was accepted stays behind in a ring.</summary>
    private void DrainInputs()
    {
        while (_loop.Tick(MonoClock.NowNanos()) > 0)
        {
        }

        _loop.Flush();
    }
}
