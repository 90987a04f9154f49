using IndustrieFutur.Edge.OpcUa.Transport;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>Times and sizes of a client's channel.</summary>
public sealed record ChannelSettings
{
    /// <summary>A server on the plant's network answers within milliseconds; one that does not within this is not there.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take, and how long a peer may take no byte: small PLCs need seconds for a large browse.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Asked for; the server has the last word. An hour is what most servers grant, and keys used for longer serve nobody.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Called by the channel's own thread every 50 ms or so, as long as it waits for the peer. Must not throw. Null: nobody cares.</summary>
    public Action? WhileWaiting { get; init; }

    public ChannelLimits Limits { get; init; } = new();

    /// <summary>For the time written into requests; deadlines are monotonic.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
