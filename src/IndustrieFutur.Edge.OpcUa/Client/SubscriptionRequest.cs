namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>How a subscription is asked for; the server revises it (OPC UA Part 4, 5.14.2).</summary>
public sealed record SubscriptionRequest
{
    public TimeSpan PublishingInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After so many intervals without news the server says that it lives.</summary>
    public uint KeepAliveCount { get; init; } = 10;

    /// <summary>After so many intervals without a Publish request the server gives the subscription up; three keep-alives at least.</summary>
    public uint LifetimeCount { get; init; } = 120;

    /// <summary>0 = as many as there are.</summary>
    public uint NotificationsPerPublishMax { get; init; }

    public byte Priority { get; init; }

    public bool IsPublishing { get; init; } = true;

    internal uint LifetimeCountAllowed => Math.Max(LifetimeCount, 3 * KeepAliveCount);
}
