using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Client;

/// <summary>Our client's services against a foreign server: each does there what it does against our own script.</summary>
[Trait("Category", "Foreign")]
public sealed class NodeClientTests : IAsyncLifetime, IDisposable
{
    private const int Signals = 50;

    private readonly string _pki = Directory.CreateTempSubdirectory("edge-opcua-client-").FullName;
    private NodeServer _server = null!;
    private ApplicationCertificate _own = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = Signals }, Stop);
        _own = new PkiStore(_pki).LoadOrCreateOwn(new OwnCertificateRequest());
    }

    [Fact]
    public void Every_policy_mode_and_user_opens_a_session_and_leaves_none_behind()
    {
        foreach (var combination in Combination.All)
        {
            using var session = new UaSession(Settings(combination));

            Assert.Equal(SessionStart.Created, session.Connect(Stop));
            Assert.Equal(ServerState.Running, session.AskForState());
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_the_session_given_back()
    {
        var settings = Settings(new Combination("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, Combination.Password)) with
        {
            Identity = new UserIdentity.UserPassword("operator", () => "wrong"u8.ToArray()),
        };
        using var session = new UaSession(settings);

        var refusal = Assert.Throws<UaException>(() => session.Connect(Stop));

        Assert.Contains(refusal.Status, new[] { StatusCodes.BadUserAccessDenied, StatusCodes.BadIdentityTokenRejected });
        Assert.Equal(0, (await _server.SessionsAsync(Stop)).Live);
    }

    [Fact]
    public void Values_are_read_written_and_refused_one_by_one()
    {
        using var session = Connected();
        var cell = Namespace(session);
        var (number, missing) = (new NodeId(cell, "Int32"), new NodeId(cell, "NotThere"));

        var written = session.Write([Value(number, Variant.Of(123)), Value(missing, Variant.Of(1)), Value(number, Variant.Of("text"))]);
        var read = session.Read([number, missing, new NodeId(cell, "String")]);

        Assert.Equal([StatusCodes.Good, StatusCodes.BadNodeIdUnknown, StatusCodes.BadTypeMismatch], written);
        Assert.Equal(123, read[0].Value.Value);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, read[1].Status);
        Assert.Equal("Pièce n° 5", read[2].Value.Value);
    }

    [Fact]
    public void Methods_are_called_and_nodes_found_by_path()
    {
        using var session = Connected();
        var cell = Namespace(session);

        var results = session.Call([Call(cell, "Add", Variant.Of(1.5), Variant.Of(2.25)), Call(cell, "Fail")]);
        var found = session.TranslateBrowsePaths([Path("Cell", "Double"), Path("Cell", "Nothing")]);

        Assert.Equal(3.75, results[0].OutputArguments![0].Value);
        Assert.Equal(StatusCodes.BadInvalidState, results[1].StatusCode);
        Assert.Equal(new NodeId(cell, "Double"), found[0].Targets![0].TargetId.Node);
        Assert.Equal(StatusCodes.BadNoMatch, found[1].StatusCode);

        BrowsePath Path(params string[] names) => new()
        {
            StartingNode = new NodeId(0, NodeIds.ObjectsFolder),
            RelativePath = new RelativePath { Elements = [.. names.Select(name => Step(cell, name))] },
        };
    }

    [Fact]
    public void A_folder_is_browsed_whole_through_continuation_points()
    {
        using var session = Connected();
        var node = ViewServices.ChildrenOf(new NodeId(0, NodeIds.ObjectsFolder));

        // The server limits the references of one answer; the signals' folder has more.
        var objects = session.Browse([node])[0].References!;
        var counts = objects.Select(child => session.BrowseChildren(child.NodeId.Node).References!.Length);

        Assert.Contains(objects, child => child.BrowseName.Name == "Server");
        Assert.Contains(counts, count => count >= Signals);
    }

    [Fact]
    public void Registered_nodes_can_be_read()
    {
        using var session = Connected();

        var registered = session.RegisterNodes([new NodeId(Namespace(session), "Double")]);

        Assert.Equal(3.25, session.Read(registered)[0].Value.Value);
        session.UnregisterNodes(registered);
    }

    [Fact]
    public void History_is_read_whole_and_in_order()
    {
        using var session = Connected();
        var node = new NodeId(Namespace(session), "History");
        var now = UaTime.NowUtc(TimeProvider.System);

        var history = session.HistoryReadRaw([node], now - (3_600L * 10_000_000), now + (3_600L * 10_000_000), valuesPerAnswer: 7)[0];

        var numbers = history.Values.Select(value => Convert.ToInt32(value.Value.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(history.IsComplete);
        Assert.Equal(Enumerable.Range(1, 99), numbers.Where(number => number > 0));
    }

    [Fact]
    public async Task A_link_that_is_cut_in_the_middle_of_values_misses_none_and_keeps_its_session()
    {
        const int Cuts = 10;
        using var cable = new CutProxy(_server.Port);
        var settings = Settings(new Combination("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, Combination.Anonymous));
        using var session = new UaSession(settings with { Endpoint = EndpointAddress.Parse($"opc.tcp://127.0.0.1:{cable.Port}/UA/Cell") });
        session.Connect(Stop);
        var table = new CountingTable(Signals);
        var lasts = new ResumedSink.Lasts(Signals);
        var subscriptions = new UaSubscriptions<ResumedSink>(session, new ResumedSink(table, lasts));
        var subscription = subscriptions.Create(new SubscriptionRequest { PublishingInterval = TimeSpan.FromMilliseconds(50) });
        Assert.All(subscriptions.CreateItems(subscription, Items(session)), item => Assert.Equal(StatusCodes.Good, item.StatusCode));
        await _server.RunAsync(TimeSpan.FromMilliseconds(20), Stop);

        for (var cut = 1; cut <= Cuts; cut++)
        {
            var enough = table.Values + (20 * Signals);
            PumpUntil(session, () => table.Values > enough);
            cable.Cut();
            Assert.Throws<UaException>(() => PumpUntil(session, () => false));
            Assert.Equal(SessionStart.Resumed, session.Connect(Stop));
            Assert.Empty(subscriptions.Recover(SessionStart.Resumed));
        }

        await _server.RunAsync(TimeSpan.Zero, Stop);
        var until = await _server.CountAsync(Stop);
        PumpUntil(session, () => table.AllAt(until));
        Assert.True(table.Faults == 0, table.FirstFault);
        Assert.Equal((0, Cuts), (subscriptions.Counters.MessagesLost, session.Counters.SessionsResumed));

        // Whether a message was on the way when the line was cut is chance: how many were asked for again is not judged.
        Assert.InRange(lasts.Repeated, 0, Cuts * Signals);
        Assert.Equal((1, 1), ((await _server.SessionsAsync(Stop)).Creates, (await _server.SessionsAsync(Stop)).LiveMax));
    }

    [Fact]
    public async Task A_restarted_server_gets_a_new_session_and_the_lost_subscription_is_named()
    {
        using var session = Connected();
        var table = new CountingTable(Signals);
        var subscriptions = new UaSubscriptions<CountingSink>(session, new CountingSink(table, new CountingSink.Counters(Signals)));
        var subscription = subscriptions.Create(new SubscriptionRequest { PublishingInterval = TimeSpan.FromMilliseconds(50) });
        subscriptions.CreateItems(subscription, Items(session));
        _server.Kill();
        Assert.Throws<UaException>(() => PumpUntil(session, () => false));
        await _server.RestartAsync(1000, Stop);

        var start = session.Connect(Stop);
        var lost = subscriptions.Recover(start);

        Assert.Equal(SessionStart.Created, start);
        Assert.Equal([subscription.Id], lost);
        Assert.Equal(1, (await _server.SessionsAsync(Stop)).Creates);
    }

    public void Dispose()
    {
        _server?.Dispose();
        _own?.Dispose();
        Directory.Delete(_pki, recursive: true);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static WriteValue Value(NodeId node, Variant value) => new() { NodeId = node, AttributeId = AttributeIds.Value, Value = new DataValue(value) };

    private static CallMethodRequest Call(ushort cell, string method, params Variant[] arguments) =>
        new() { ObjectId = new NodeId(cell, "Cell"), MethodId = new NodeId(cell, method), InputArguments = arguments };

    private static RelativePathElement Step(ushort cell, string name) => new()
    {
        ReferenceTypeId = new NodeId(0, NodeIds.HierarchicalReferences),
        IncludeSubtypes = true,
        TargetName = new QualifiedName(cell, name),
    };

    private static void PumpUntil(UaSession session, Func<bool> condition)
    {
        var untilNanos = MonoTime.NowNanos() + 30_000_000_000;
        while (!condition())
        {
            Assert.True(MonoTime.NowNanos() < untilNanos, "The condition was not met within 30 s.");
            session.Pump(MonoTime.NowNanos() + 20_000_000);
        }
    }

    private MonitoredItemCreateRequest[] Items(UaSession session) =>
    [
        .. Enumerable.Range(0, Signals).Select(signal => new MonitoredItemCreateRequest
        {
            ItemToMonitor = new ReadValueId { NodeId = new NodeId(Namespace(session), (uint)(NodeServer.FirstSignal + signal)), AttributeId = AttributeIds.Value },
            MonitoringMode = MonitoringMode.Reporting,
            RequestedParameters = new MonitoringParameters { ClientHandle = (uint)signal, QueueSize = 100, DiscardOldest = true },
        }),
    ];

    private UaSession Connected()
    {
        var session = new UaSession(Settings(new Combination("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, Combination.Password)));
        session.Connect(Stop);
        return session;
    }

    private ushort Namespace(UaSession session) => (ushort)session.NamespaceUris.ToList().IndexOf(_server.NamespaceUri);

    private SessionSettings Settings(Combination combination) => NodeSession.Settings(_server, combination, _own, TimeSpan.FromMinutes(10));
}
