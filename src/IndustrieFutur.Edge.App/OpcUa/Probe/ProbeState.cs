using System.Net;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>What the rungs below have found, for those above; closes the session at the end, for a small server has few of them.</summary>
internal sealed class ProbeState(ServerRequest request, TimeProvider clock) : IDisposable
{
    /// <summary>A server that is still there closes a session at once.</summary>
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    public ServerRequest Request => request;

    public TimeProvider Clock => clock;

    public ChannelSettings ChannelSettings { get; } = new() { ConnectTimeout = request.Timeout, RequestTimeout = request.Timeout, Clock = clock };

    /// <summary>Set by the address rung.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; set; } = [];

    /// <summary>The first address that answered; set by the network rung.</summary>
    public IPAddress Reached { get; set; } = IPAddress.None;

    /// <summary>Set by the endpoints rung.</summary>
    public EndpointDescription? Chosen { get; set; }

    /// <summary>Set by the security rung, unless the endpoint is without protection.</summary>
    public ApplicationCertificate? Own { get; set; }

    /// <summary>Set by the session rung.</summary>
    public UaSession? Session { get; set; }

    /// <summary>What the endpoints rung found, for rungs that are tried only after it.</summary>
    public EndpointDescription Endpoint => Chosen ?? throw new InvalidOperationException("No endpoint was taken, so this rung should not have been tried.");

    /// <summary>What the session rung opened, for rungs that are tried only after it.</summary>
    public UaSession OpenSession => Session ?? throw new InvalidOperationException("No session was opened, so this rung should not have been tried.");

    public bool IsInsecure => Endpoint.SecurityMode == MessageSecurityMode.None;

    public ServerTrust Trust { get; } = new(request, clock);

    public void Dispose()
    {
        Session?.Close(CloseWithin);
        Session?.Dispose();
    }
}
