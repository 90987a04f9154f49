using System.Net;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>Where a simulated device serves OPC UA, and whom it lets in.</summary>
public sealed record UaDeviceSettings
{
    /// <summary>Port 0 takes any that is free, and keeps it over a restart.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 4840);

    /// <summary>Its certificates and those of its clients lie here, as <c>ifedge cert --data</c> knows them; made when it is not there.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Every client is let in, whatever certificate it shows. For a workbench; whoever sets it says so aloud.</summary>
    public bool AcceptsAnyClient { get; init; }

    /// <summary>An endpoint without security is offered too.</summary>
    public bool AllowInsecure { get; init; }

    public bool IsAnonymousAllowed { get; init; } = true;

    /// <summary>The user who logs in with a password; null: none.</summary>
    public string? User { get; init; }

    /// <summary>Where that user's password is to be found: asked for at each log-in.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>The shortest life of a channel's keys: tests have them renewed every second.</summary>
    public TimeSpan TokenLifetimeMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tells the wall's time at the start, and how old certificates are.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes a sentence when a client was refused; called by any thread. Null: nobody listens.</summary>
    public Action<string>? Tell { get; init; }
}
