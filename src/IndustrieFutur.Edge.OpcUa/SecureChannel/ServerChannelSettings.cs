using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Transport;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>What a server allows on its channels.</summary>
public sealed record ServerChannelSettings
{
    /// <summary>Nothing else is accepted. None is among them only if it is meant to be: clients use it to ask for the endpoints.</summary>
    public required IReadOnlyList<ServerEndpointSecurity> Endpoints { get; init; }

    /// <summary>Asked before anything is decrypted for a client; there is no default, for it would have to trust all or none.</summary>
    public required PeerCheck CheckPeer { get; init; }

    /// <summary>With its key; not needed when there is no policy but None.</summary>
    public X509Certificate2? Own { get; init; }

    /// <summary>What clients are sent: the certificate and perhaps those of its issuers; null sends the certificate alone.</summary>
    public byte[]? OwnDerChain { get; init; }

    /// <summary>Who has not greeted and opened his channel by then only holds a place.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may take no byte.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A channel that is renewed more often than this costs more RSA than a small computer has to give.</summary>
    public TimeSpan LifetimeMin { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LifetimeMax { get; init; } = TimeSpan.FromHours(1);

    public ChannelLimits Limits { get; init; } = new();

    /// <summary>Hold for each channel until its owner says otherwise; null: the limits for all hold from the start.</summary>
    public NewcomerLimits? Newcomers { get; init; }

    /// <summary>For the time written into answers; deadlines are monotonic.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
