using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>Our client subscribes to our server over a real connection, which is cut in between.</summary>
public sealed class LiveSubscriptionTests : IDisposable
{
    private const uint ConditionType = 2782;

    /// <summary>For a machine that builds at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ServerBed _bed = new();
    private readonly List<string> _told = [];
    private readonly UaSession _session;
    private readonly UaSubscriptions<CollectingSink> _subscriptions;
    private readonly UaVariable _counter = new(new NodeId(1, "Cell.Counter"), new QualifiedName(1, "Counter")) { DataType = new NodeId(0, NodeIds.Int64DataType) };

    public LiveSubscriptionTests()
    {
        _counter.Set(Variant.Of(0L), 1);
        _bed.Space.Add(_counter, _bed.Space.Get<UaNode>(ServerBed.Cell), new NodeId(0, NodeIds.HasComponent), new NodeId(0, NodeIds.BaseDataVariableType));
        _session = _bed.Open();
        _subscriptions = new UaSubscriptions<CollectingSink>(_session, new CollectingSink(_told));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_value_comes_once_although_the_connection_is_cut()
    {
        Subscribe();
        Count(1, 50);
        PumpUntil(() => Values.Count == 51);
        _bed.Server.CutConnections();
        Count(51, 100);
        PumpUntil(() => !_session.IsConnected);

        var start = _session.Connect(Stop);
        var gone = _subscriptions.Recover(start);
        Count(101, 150);
        PumpUntil(() => Values.Count >= 151);

        Assert.Equal(SessionStart.Resumed, start);
        Assert.Empty(gone);
        Assert.Equal(Enumerable.Range(0, 151).Select(number => $"1: Int64 {number}"), Values);
        Assert.DoesNotContain(_told, line => line.StartsWith("gap", StringComparison.Ordinal));
    }

    [Fact]
    public void A_subscription_that_is_deleted_leaves_no_item_behind()
    {
        var subscription = Subscribe();
        PumpUntil(() => Values.Count == 1);

        Assert.Equal([StatusCodes.Good], _subscriptions.Delete([subscription]));
        Count(1, 3);
        Assert.Equal([StatusCodes.BadSubscriptionIdInvalid], _session.Invoke(new DeleteSubscriptionsRequest { SubscriptionIds = [subscription.Id] }).Results!);
        Assert.Single(Values);
    }

    [Fact]
    public void A_client_refreshes_the_conditions_by_calling_the_method_of_the_type()
    {
        var alarm = new AlarmCondition(_bed.Server.Events, _bed.Space.Get<UaNode>(ServerBed.Cell), new QualifiedName(1, "Hot"), 700);
        alarm.Set(true, 700, "too hot");
        var subscription = Subscribe(Wanted.Events(new NodeId(0, NodeIds.Server), Wanted.Select("EventType", "Message", "AckedState/Id"), handle: 8));

        var called = _session.Invoke(new CallRequest
        {
            MethodsToCall = [new CallMethodRequest { ObjectId = new NodeId(0, ConditionType), MethodId = new NodeId(0, NodeIds.ConditionRefresh), InputArguments = [Variant.Of(subscription.Id)] }],
        }).Results!.Single();

        Assert.Equal(StatusCodes.Good, called.StatusCode);
        PumpUntil(() => Events.Count == 3);
        Assert.All(Events, told => Assert.Contains("event of 3 fields", told, StringComparison.Ordinal));
    }

    [Fact]
    public void The_diagnostics_count_subscriptions()
    {
        Subscribe();
        var summary = _session.Invoke(new ReadRequest
        {
            NodesToRead = [new ReadValueId { NodeId = new NodeId(0, 2275), AttributeId = AttributeIds.Value }],
        }).Results!.Single();

        Assert.True(((ExtensionObject)summary.Value.Value!).TryDecode<ServerDiagnosticsSummaryDataType>(out var counts));
        Assert.Equal((1u, 1u), (counts.CurrentSubscriptionCount, counts.CumulatedSubscriptionCount));
    }

    public void Dispose()
    {
        _session.Dispose();
        _bed.Dispose();
    }

    private List<string> Values => [.. _told.Where(line => line.StartsWith("1: ", StringComparison.Ordinal))];

    private List<string> Events => [.. _told.Where(line => line.StartsWith("8: ", StringComparison.Ordinal))];

    private UaSubscription Subscribe(MonitoredItemCreateRequest? item = null)
    {
        // A minute: on a busy machine a client is back only after seconds.
        var subscription = _subscriptions.Create(new SubscriptionRequest { PublishingInterval = TimeSpan.FromMilliseconds(20), LifetimeCount = 3_000 });
        var results = _subscriptions.CreateItems(subscription, [item ?? Wanted.Item(_counter.Id, queue: 200)]);
        Assert.Equal(StatusCodes.Good, results.Single().StatusCode);
        return subscription;
    }

    private void Count(long from, long to)
    {
        for (var number = from; number <= to; number++)
        {
            _counter.Set(Variant.Of(number), number + 1);
        }
    }

    private void PumpUntil(Func<bool> condition)
    {
        var untilNanos = MonoTime.NowNanos() + (Patience.Ticks * TimeSpan.NanosecondsPerTick);
        while (!condition())
        {
            Assert.True(MonoTime.NowNanos() < untilNanos, $"Told until now: {string.Join(", ", _told)}. The server: {string.Join(' ', _bed.Told)}");
            try
            {
                _session.Pump(MonoTime.NowNanos() + 5_000_000);
            }
            catch (UaException) when (!_session.IsConnected)
            {
                // The cut that the test waits for.
            }
        }
    }
}
