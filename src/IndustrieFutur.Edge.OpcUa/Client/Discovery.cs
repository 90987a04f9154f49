using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Asks a server, over a channel without security, what it offers (OPC UA Part 4, 5.5). Nothing of it is believed for good: the session
/// compares it with what the secured channel says.
/// </summary>
public static class Discovery
{
    /// <summary>The ways into the server. Host and port in them are often names that nobody resolves: connect to the configured ones.</summary>
    public static EndpointDescription[] GetEndpoints(EndpointAddress address, ChannelSettings settings, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Ask(address, settings, new GetEndpointsRequest { EndpointUrl = address.Url }, stop).Endpoints ?? [];
    }

    /// <summary>The servers that this one knows of, itself among them.</summary>
    public static ApplicationDescription[] FindServers(EndpointAddress address, ChannelSettings settings, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Ask(address, settings, new FindServersRequest { EndpointUrl = address.Url }, stop).Servers ?? [];
    }

    private static TResponse Ask<TResponse>(EndpointAddress address, ChannelSettings settings, IUaRequest<TResponse> request, CancellationToken stop)
        where TResponse : class, IUaResponse<TResponse>
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var desk = new RequestDesk(ClientChannel.Open(address, ChannelSecurity.None, settings, stop), address, new SessionCounters());
        return desk.Invoke(request, settings.RequestTimeout, stop);
    }
}
