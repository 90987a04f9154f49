namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>Looks at the memory of a server again and again, and keeps the most that it saw.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private long _most;

    public MemoryWatch(LimitsServer server)
    {
        _thread = new Thread(() => Look(server)) { IsBackground = true, Name = "memory watch" };
        _thread.Start();
    }

    /// <summary>The most since the last call.</summary>
    public long TakeMost() => Interlocked.Exchange(ref _most, 0);

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Look(LimitsServer server)
    {
        do
        {
            var now = server.ResidentBytes;
            Interlocked.Exchange(ref _most, Math.Max(now, Interlocked.Read(ref _most)));
        }
        while (!_stop.WaitOne(Pause));
    }
}
