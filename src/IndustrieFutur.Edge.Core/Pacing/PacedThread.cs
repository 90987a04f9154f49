namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>Does one piece of work at its own pace on a thread of its own, until it is stopped; then once more what is left.</summary>
public sealed class PacedThread : IDisposable
{
    private readonly Pacer _pacer;
    private readonly Action _work;
    private readonly Action _last;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _started;

    /// <param name="name">The thread's, for people who look at the process.</param>
    /// <param name="period">From one start of the work to the next.</param>
    /// <param name="priority">Above normal for what must not wait behind the rest of the process.</param>
    /// <param name="work">Done once a period.</param>
    /// <param name="last">Done once, when it was told to stop and nobody brings new work any more.</param>
    /// <param name="behind">How far behind the usual phase: what takes another loop's output comes a little after it.</param>
    public PacedThread(string name, TimeSpan period, ThreadPriority priority, Action work, Action last, TimeSpan behind = default)
    {
        _pacer = new Pacer(period, SpinGuard.Off, behind);
        _work = work;
        _last = last;
        _thread = new Thread(Run) { Name = name, IsBackground = true, Priority = priority };
    }

    public long Missed => _pacer.Missed;

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Returns when the last work is done.</summary>
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
            _work();
        }

        _last();
    }
}
