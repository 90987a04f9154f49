namespace IndustrieFutur.Edge.App.Broker;

/// <summary>What the broker has refused since its start, each kind by itself; written by many, read by the status.</summary>
internal sealed class BrokerCounters
{
    private long _loginsRefused;
    private long _publishesRefused;
    private long _subscriptionsRefused;
    private long _connectionsRefused;
    private long _packetsRefused;
    private long _undelivered;
    private long _notRetained;
    private long _sessionsForgotten;
    private long _clientsCut;

    public long LoginsRefused => Interlocked.Read(ref _loginsRefused);

    public long PublishesRefused => Interlocked.Read(ref _publishesRefused);

    public long SubscriptionsRefused => Interlocked.Read(ref _subscriptionsRefused);

    public long ConnectionsRefused => Interlocked.Read(ref _connectionsRefused);

    public long PacketsRefused => Interlocked.Read(ref _packetsRefused);

    public long Undelivered => Interlocked.Read(ref _undelivered);

    public long NotRetained => Interlocked.Read(ref _notRetained);

    public long SessionsForgotten => Interlocked.Read(ref _sessionsForgotten);

    public long ClientsCut => Interlocked.Read(ref _clientsCut);

    public long CountLogin() => Interlocked.Increment(ref _loginsRefused);

    public long CountPublish() => Interlocked.Increment(ref _publishesRefused);

    public long CountSubscription() => Interlocked.Increment(ref _subscriptionsRefused);

    public long CountConnection() => Interlocked.Increment(ref _connectionsRefused);

    public long CountPacket() => Interlocked.Increment(ref _packetsRefused);

    public long CountUndelivered() => Interlocked.Increment(ref _undelivered);

    public long CountNotRetained() => Interlocked.Increment(ref _notRetained);

    public long CountSessionForgotten() => Interlocked.Increment(ref _sessionsForgotten);

    public long CountClientCut() => Interlocked.Increment(ref _clientsCut);
}
