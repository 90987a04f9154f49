using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>What a server says of itself: its endpoints, its limits, its state, how much was asked of it.</summary>
public sealed class ServerObjectTests
{
    [Fact]
    public void Endpoints_carry_the_host_that_the_client_knows_us_by()
    {
        using var bed = new ServerBed();
        using var channel = bed.OpenChannel();

        var own = channel.Ask(new GetEndpointsRequest()).Endpoints!;
        var asked = channel.Ask(new GetEndpointsRequest { EndpointUrl = "opc.tcp://robot-7:48410/other" }).Endpoints!;
        var https = channel.Ask(new GetEndpointsRequest { ProfileUris = ["http://opcfoundation.org/UA-Profile/Transport/https-uabinary"] }).Endpoints!;

        Assert.All(own, endpoint => Assert.Equal(bed.Server.EndpointUrl, endpoint.EndpointUrl));
        Assert.All(asked, endpoint => Assert.Equal("opc.tcp://robot-7:48410/cell", endpoint.EndpointUrl));
        Assert.Empty(https);
        Assert.Equal(7, own.Select(endpoint => endpoint.SecurityLevel).Distinct().Count());
        Assert.Equal(0, own.Single(endpoint => endpoint.SecurityMode == MessageSecurityMode.None).SecurityLevel);
    }

    [Fact]
    public void A_server_is_found_by_its_uri_and_not_by_another()
    {
        using var bed = new ServerBed();

        var found = Assert.Single(Discovery.FindServers(bed.Address, new ChannelSettings(), TestContext.Current.CancellationToken));
        using var channel = bed.OpenChannel();

        Assert.Equal(ServerBed.ServerUri, found.ApplicationUri);
        Assert.Empty(channel.Ask(new FindServersRequest { ServerUris = ["urn:another"] }).Servers!);
    }

    [Fact]
    public void The_limits_that_are_announced_are_those_that_are_held_to()
    {
        var limits = new ServerLimitsSettings { NodesPerReadMax = 501, NodesPerWriteMax = 502, NodesPerBrowseMax = 503, NodesPerMethodCallMax = 54, ContinuationPointsMax = 6, QueueSizeMax = 77 };
        using var bed = new ServerBed(limits);
        using var session = bed.Open();

        Assert.Equal((501u, 502u, 503u, 54u), (session.Limits.NodesPerRead, session.Limits.NodesPerWrite, session.Limits.NodesPerBrowse, session.Limits.NodesPerMethodCall));
        Assert.Equal((6u, 77u), (session.Limits.BrowseContinuationPoints, session.Limits.MonitoredItemsQueueSize));
        Assert.Equal(
            StatusCodes.BadTooManyOperations,
            Assert.Throws<UaException>(() => session.Invoke(new BrowseRequest { NodesToBrowse = [.. Enumerable.Range(0, 504).Select(_ => new BrowseDescription())] })).Status);
    }

    [Fact]
    public void The_server_object_is_alive()
    {
        using var bed = new ServerBed();
        using var session = bed.Open();
        using var second = bed.Open();

        Assert.Equal(["http://opcfoundation.org/UA/", ServerBed.ServerUri], session.NamespaceUris);
        Assert.Equal(2u, Value<uint>(session, 2277));
        Assert.Equal(byte.MaxValue, Value<byte>(session, NodeIds.ServiceLevel));
        Assert.Equal("IndustrieFutur", Value<string>(session, 2263));
        bed.Server.ServiceLevel = 100;
        Assert.Equal(100, Value<byte>(session, NodeIds.ServiceLevel));
        Assert.True(Value<long>(session, NodeIds.ServerStatusCurrentTime) >= Value<long>(session, 2257));
    }

    [Fact]
    public void The_nodes_of_the_server_object_are_those_that_we_mean()
    {
        using var bed = new ServerBed();
        var meant = new Dictionary<uint, string>
        {
            [2254] = "ServerArray",
            [2255] = "NamespaceArray",
            [2256] = "ServerStatus",
            [2257] = "StartTime",
            [2258] = "CurrentTime",
            [2259] = "State",
            [2260] = "BuildInfo",
            [2261] = "ProductName",
            [2262] = "ProductUri",
            [2263] = "ManufacturerName",
            [2264] = "SoftwareVersion",
            [2265] = "BuildNumber",
            [2266] = "BuildDate",
            [2992] = "SecondsTillShutdown",
            [2993] = "ShutdownReason",
            [2267] = "ServiceLevel",
            [2994] = "Auditing",
            [3709] = "RedundancySupport",
            [2269] = "ServerProfileArray",
            [2271] = "LocaleIdArray",
            [2272] = "MinSupportedSampleRate",
            [2735] = "MaxBrowseContinuationPoints",
            [2736] = "MaxQueryContinuationPoints",
            [2737] = "MaxHistoryContinuationPoints",
            [NodeIds.MaxSessions] = "MaxSessions",
            [NodeIds.MaxMonitoredItemsQueueSize] = "MaxMonitoredItemsQueueSize",
            [2275] = "ServerDiagnosticsSummary",
            [2276] = "ServerViewCount",
            [2277] = "CurrentSessionCount",
            [2278] = "CumulatedSessionCount",
            [2279] = "SecurityRejectedSessionCount",
            [2281] = "SessionTimeoutCount",
            [2282] = "SessionAbortCount",
            [2284] = "PublishingIntervalCount",
            [2285] = "CurrentSubscriptionCount",
            [2286] = "CumulatedSubscriptionCount",
            [2287] = "SecurityRejectedRequestsCount",
            [2288] = "RejectedRequestsCount",
            [3705] = "RejectedSessionCount",
            [2294] = "EnabledFlag",
            [2289] = "SamplingIntervalDiagnosticsArray",
            [2290] = "SubscriptionDiagnosticsArray",
            [3707] = "SessionDiagnosticsArray",
            [3708] = "SessionSecurityDiagnosticsArray",
        };

        Assert.Equal(meant.Values, meant.Keys.Select(id => bed.Space.Find(new NodeId(0, id))?.BrowseName.Name));
    }

    [Fact]
    public void A_server_that_stops_says_so_and_is_gone_soon()
    {
        using var bed = new ServerBed(change: settings => settings with { ShutdownGrace = TimeSpan.FromSeconds(1) });
        using var session = bed.Open();
        var begin = MonoTime.NowNanos();
        var stopping = new Thread(bed.Server.Dispose);
        stopping.Start();

        ServerBed.WaitUntil(() => session.AskForState() == ServerState.Shutdown, "the state is Shutdown");
        stopping.Join();

        Assert.InRange(MonoTime.NowNanos() - begin, 0, 5_000_000_000);
        Assert.ThrowsAny<UaException>(() => session.AskForState());
        Assert.Equal(0, bed.Server.ConnectionCount);
        Assert.ThrowsAny<Exception>(() => Discovery.GetEndpoints(bed.Address, new ChannelSettings(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Settings_that_would_let_anybody_in_are_refused()
    {
        var none = new ServerEndpointSecurity(SecurityPolicies.None, MessageSecurityMode.None);

        Assert.Contains("AllowInsecure", Mistake(new UaServerSettings { ApplicationUri = "urn:x", Endpoints = [none] }), StringComparison.Ordinal);
        Assert.Contains("certificate", Mistake(new UaServerSettings { ApplicationUri = "urn:x" }), StringComparison.Ordinal);
        Assert.Contains("exclude", Mistake(new UaServerSettings { ApplicationUri = "urn:x", Endpoints = [none with { Mode = MessageSecurityMode.Sign }] }), StringComparison.Ordinal);
    }

    private static string Mistake(UaServerSettings settings) =>
        Assert.Throws<ArgumentException>(() => new UaServer(settings, new("urn:x"))).Message;

    private static T Value<T>(UaSession session, uint node)
    {
        var value = session.Read([new NodeId(0, node)])[0];
        Assert.Equal(StatusCodes.Good, value.Status);
        return Assert.IsType<T>(value.Value.Value);
    }
}
