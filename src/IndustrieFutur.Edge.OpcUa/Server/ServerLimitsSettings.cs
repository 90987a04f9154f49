namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>How much a server gives to all its clients together and to each of them; the same numbers are announced in ServerCapabilities (OPC UA Part 5, 6.3.2).</summary>
public sealed record ServerLimitsSettings
{
    public int SessionsMax { get; init; } = 100;

    /// <summary>Some clients open a second channel for discovery, or while they reconnect.</summary>
    public int ChannelsMax => SessionsMax + 20;

    /// <summary>Connections of one address that have not opened their channel yet.</summary>
    public int HalfOpenPerAddressMax { get; init; } = 10;

    public TimeSpan SessionTimeoutMin { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan SessionTimeoutMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A session that nobody has activated by then only holds a place.</summary>
    public TimeSpan ActivationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A channel that carries no session for so long is closed.</summary>
    public TimeSpan IdleChannelTimeout { get; init; } = TimeSpan.FromMinutes(1);

    public int NodesPerReadMax { get; init; } = 2_500;

    public int NodesPerWriteMax { get; init; } = 2_500;

    public int NodesPerBrowseMax { get; init; } = 1_000;

    public int NodesPerTranslateMax { get; init; } = 1_000;

    public int NodesPerRegisterMax { get; init; } = 2_500;

    public int NodesPerMethodCallMax { get; init; } = 100;

    public int NodesPerHistoryReadMax { get; init; } = 100;

    public int MonitoredItemsPerCallMax { get; init; } = 2_500;

    /// <summary>Where a Browse asks for no other bound.</summary>
    public int ReferencesPerNodeMax { get; init; } = 1_000;

    /// <summary>Of one session; the one that was not used for the longest time gives way.</summary>
    public int ContinuationPointsMax { get; init; } = 10;

    public int SubscriptionsPerSessionMax { get; init; } = 20;

    /// <summary>Of all sessions together.</summary>
    public int MonitoredItemsMax { get; init; } = 50_000;

    /// <summary>Values that a monitored item may keep.</summary>
    public int QueueSizeMax { get; init; } = 1_000;

    /// <summary>Publish requests of one session that wait.</summary>
    public int PublishRequestsMax { get; init; } = 20;

    public TimeSpan PublishingIntervalMin { get; init; } = TimeSpan.FromMilliseconds(20);

    public int ArrayLengthMax { get; init; } = 65_536;

    public int StringBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Largest message, in both directions.</summary>
    public int MessageBytesMax { get; init; } = 4 * 1024 * 1024;

    public int ChunksMax { get; init; } = 64;

    /// <summary>Largest message of a channel that carries no activated session: a chunk's worth, several times what certificates and logins take.</summary>
    public int NewcomerMessageBytesMax { get; init; } = 64 * 1024;

    /// <summary>Of all channels without an activated session together: messages that have begun and not ended. Most of what they send comes in one chunk and needs nothing of it.</summary>
    public int NewcomerUnfinishedBytesMax { get; init; } = 2 * 1024 * 1024;
}
