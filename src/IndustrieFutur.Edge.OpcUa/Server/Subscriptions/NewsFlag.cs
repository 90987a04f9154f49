namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Raised by whatever thread queues a notification of a subscription; lowered before the queues are looked through.</summary>
internal sealed class NewsFlag
{
    private volatile bool _isUp;

    public bool IsUp => _isUp;

    public void Raise() => _isUp = true;

    public void Lower() => _isUp = false;
}
