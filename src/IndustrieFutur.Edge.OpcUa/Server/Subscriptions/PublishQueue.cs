namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The Publish requests of one session, the oldest first (OPC UA Part 4, 5.13.5).</summary>
internal sealed class PublishQueue(int countMax)
{
    private readonly List<WaitingPublish> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>When the first of them is waited for no longer.</summary>
    public long NextDeadlineMonoNanos { get; private set; } = long.MaxValue;

    /// <summary>Adds one; when there are too many, the oldest gives way and is handed back.</summary>
    public WaitingPublish? Add(WaitingPublish request)
    {
        WaitingPublish? oldest = _waiting.Count >= countMax ? Take() : null;
        _waiting.Add(request);
        NextDeadlineMonoNanos = Math.Min(NextDeadlineMonoNanos, request.DeadlineMonoNanos);
        return oldest;
    }

    /// <summary>The oldest; there must be one.</summary>
    public WaitingPublish Take()
    {
        var oldest = _waiting[0];
        _waiting.RemoveAt(0);
        SetDeadline();
        return oldest;
    }

    public List<WaitingPublish> TakeExpired(long monoNow) => TakeWhere(request => request.DeadlineMonoNanos <= monoNow);

    public List<WaitingPublish> TakeByHandle(uint requestHandle) => TakeWhere(request => request.RequestHandle == requestHandle);

    public List<WaitingPublish> TakeAll() => TakeWhere(_ => true);

    private List<WaitingPublish> TakeWhere(Predicate<WaitingPublish> isWanted)
    {
        var taken = _waiting.FindAll(isWanted);
        _waiting.RemoveAll(isWanted);
        SetDeadline();
        return taken;
    }

    private void SetDeadline()
    {
        NextDeadlineMonoNanos = long.MaxValue;
        foreach (var request in _waiting)
        {
            NextDeadlineMonoNanos = Math.Min(NextDeadlineMonoNanos, request.DeadlineMonoNanos);
        }
    }
}
