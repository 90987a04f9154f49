namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>What subscriptions have delivered and lost, for metrics. Read by other threads: each is one number that only grows.</summary>
public sealed class SubscriptionCounters
{
    public long Messages { get; internal set; }

    public long KeepAlives { get; internal set; }

    public long Values { get; internal set; }

    public long Events { get; internal set; }

    /// <summary>Messages that were missing and that the server sent again.</summary>
    public long Republished { get; internal set; }

    /// <summary>Messages that are missing for good.</summary>
    public long MessagesLost { get; internal set; }

    /// <summary>Messages that came a second time and were dropped.</summary>
    public long Duplicates { get; internal set; }

    public long PublishesSent { get; internal set; }

    public long PublishFaults { get; internal set; }

    public long Transferred { get; internal set; }

    /// <summary>Subscriptions that were gone on the server.</summary>
    public long SubscriptionsLost { get; internal set; }

    /// <summary>Publish requests that the server holds at the moment; the one number that also falls.</summary>
    public long PublishesOutstanding { get; internal set; }
}
