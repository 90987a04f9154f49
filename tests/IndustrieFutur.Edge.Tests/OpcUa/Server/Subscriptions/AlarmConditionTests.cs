using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>An alarm comes, is acknowledged with a comment, goes, and is told again to whoever asks for a refresh (OPC UA Part 9).</summary>
public sealed class AlarmConditionTests : IDisposable
{
    private const uint AlarmConditionType = 2915;
    private const uint ConditionType = 2782;
    private const uint RefreshStartEventType = 2787;
    private const uint RefreshEndEventType = 2788;

    private readonly SubscriptionBed _bed = new();
    private readonly AlarmCondition _alarm;
    private readonly SubscriptionClient _client;
    private readonly uint _id;
    private readonly uint _item;

    public AlarmConditionTests()
    {
        var robot = _bed.AddObject("Robot", notifier: 1);
        _alarm = new AlarmCondition(_bed.Events, robot, new QualifiedName(1, "ProtectiveStop"), 800);
        _client = _bed.Connect("operator");
        _id = _client.Subscribe();
        _item = _client.Watch(_id, Wanted.Events(new NodeId(0, NodeIds.Server), new EventFilter
        {
            SelectClauses =
            [
                Wanted.Field("EventId"), Wanted.Field("EventType"), Wanted.Field("ActiveState/Id", AlarmConditionType), Wanted.Field("AckedState/Id", AlarmConditionType),
                Wanted.Field("Retain", ConditionType), Wanted.Field("Severity"), Wanted.Field("Comment", ConditionType),
                Wanted.Field("", ConditionType, AttributeIds.NodeId), Wanted.Field("Message"), Wanted.Field("ConditionName", ConditionType),
                Wanted.Field("EnabledState/Id", ConditionType), Wanted.Field("ClientUserId", ConditionType),
            ],
        }, queue: 100));
    }

    [Fact]
    public void It_begins_silent_inactive_and_acknowledged()
    {
        Assert.Empty(Tell());
        Assert.False(_alarm.IsRetained);
        Assert.False((bool)Member("ActiveState/Id").Value.Value.Value!);
        Assert.True((bool)Member("AckedState/Id").Value.Value.Value!);
        Assert.Equal("Enabled", Member("EnabledState").Value.Value.ToString());
        Assert.Equal((ushort)800, Member("Severity").Value.Value.Value);
    }

    [Fact]
    public void It_comes_is_acknowledged_and_goes()
    {
        _alarm.Set(true, 900, "A person is in the way.");
        _alarm.Set(true, 900, "A person is in the way.");
        var came = Tell().Single();
        Assert.Equal(new NodeId(0, AlarmConditionType), came[1].Value);
        Assert.Equal([true, false, true], came[2..5].Select(field => (bool)field.Value!));
        Assert.Equal((ushort)900, came[5].Value);
        Assert.Equal(_alarm.Node.Id, came[7].Value);
        Assert.Equal("A person is in the way.", came[8].ToString());
        Assert.Equal("ProtectiveStop", came[9].Value);

        Assert.Equal(StatusCodes.Good, Call("Acknowledge", came[0], "seen"));
        var acknowledged = Tell().Single();
        Assert.Equal([true, true, true], acknowledged[2..5].Select(field => (bool)field.Value!));
        Assert.Equal("seen", acknowledged[6].ToString());
        Assert.Equal("operator", acknowledged[11].Value);

        _alarm.Set(false, 900, "The way is free.");
        Assert.Equal([false, true, false], Tell().Single()[2..5].Select(field => (bool)field.Value!));
        Assert.False(_alarm.IsRetained);
    }

    [Fact]
    public void One_that_nobody_has_seen_is_kept_after_it_went()
    {
        _alarm.Set(true, 500, "hot");
        _alarm.Set(false, 500, "cold");

        Assert.Equal([false, false, true], Tell()[1][2..5].Select(field => (bool)field.Value!));
        Assert.True(_alarm.IsRetained);
    }

    [Fact]
    public void Only_what_is_seen_now_can_be_acknowledged_and_only_once()
    {
        _alarm.Set(true, 500, "hot");
        _alarm.Set(true, 600, "hotter");
        var events = Tell();

        Assert.Equal(StatusCodes.BadEventIdUnknown, Call("Acknowledge", events[0][0], "old"));
        Assert.Equal(StatusCodes.Good, Call("AddComment", events[1][0], "note"));
        var commented = Tell().Single();
        Assert.False((bool)commented[3].Value!);
        Assert.Equal("note", commented[6].ToString());
        Assert.Equal(StatusCodes.Good, Call("Acknowledge", commented[0], "now"));
        Assert.Equal(StatusCodes.BadConditionBranchAlreadyAcked, Call("Acknowledge", Tell().Single()[0], "again"));
        Assert.Equal(StatusCodes.BadInvalidArgument, Method("Acknowledge").Handler!(new MethodCall(_alarm.Node, Method("Acknowledge"), [], _client.Session.Caller)).Status);
    }

    [Fact]
    public void Nobody_without_a_name_switches_an_alarm_off()
    {
        var answer = Method("Disable").Handler!(new MethodCall(_alarm.Node, Method("Disable"), [], new Caller(NodeId.Null, null)));

        Assert.Equal(StatusCodes.BadUserAccessDenied, answer.Status);
    }

    [Fact]
    public void A_disabled_one_is_silent_until_it_is_enabled()
    {
        Assert.Equal(StatusCodes.BadConditionAlreadyEnabled, Call("Enable"));
        Assert.Equal(StatusCodes.Good, Call("Disable"));
        Assert.False((bool)Tell().Single()[10].Value!);
        _alarm.Set(true, 500, "hot");
        Assert.Empty(Tell());
        Assert.Equal(StatusCodes.BadConditionDisabled, Call("Acknowledge", Variant.OfByteString([1]), "x"));

        Assert.Equal(StatusCodes.Good, Call("Enable"));

        var enabled = Tell().Single();
        Assert.Equal([true, false, true], enabled[2..5].Select(field => (bool)field.Value!));
        Assert.Equal(StatusCodes.Good, Call("Disable"));
        Assert.Equal(StatusCodes.BadConditionAlreadyDisabled, Call("Disable"));
    }

    [Theory]
    [InlineData(3875u)]
    [InlineData(12912u)]
    public void A_refresh_tells_what_is_still_of_interest_between_two_marks(uint method)
    {
        _alarm.Set(true, 500, "hot");
        var came = Tell().Single();
        var silent = new AlarmCondition(_bed.Events, _bed.Objects, new QualifiedName(1, "Quiet"), 1);

        var answer = Refresh(method, _item);

        Assert.Equal(StatusCodes.Good, answer);
        var told = Tell();
        Assert.Equal(
            [new NodeId(0, RefreshStartEventType), new NodeId(0, AlarmConditionType), new NodeId(0, RefreshEndEventType)],
            told.Select(fields => (NodeId)fields[1].Value!));
        Assert.Equal((byte[])came[0].Value!, (byte[])told[1][0].Value!);
        Assert.False(silent.IsRetained);
    }

    [Fact]
    public void It_outlives_the_server_and_is_told_by_the_next_one()
    {
        _alarm.Set(true, 500, "hot");
        _bed.Service.Dispose();
        using var next = new SubscriptionService(_bed.Events, _bed.Limits);
        var session = next.Open(_client.Session);
        var created = Assert.IsType<CreateSubscriptionResponse>(session.Handle(1, new CreateSubscriptionRequest { PublishingEnabled = true }, _client.Session, _bed.MonoNow));
        session.Handle(
            2,
            new CreateMonitoredItemsRequest
            {
                SubscriptionId = created.SubscriptionId,
                ItemsToCreate = [Wanted.Events(new NodeId(0, NodeIds.Server), Wanted.Select("Message", "EventType"))],
            },
            _client.Session,
            _bed.MonoNow);
        var refresh = _bed.Space.Get<UaMethod>(new NodeId(0, 3875));
        refresh.Handler!(new MethodCall(refresh, refresh, [Variant.Of(created.SubscriptionId)], _client.Session.Caller));
        session.Handle(3, new PublishRequest(), _client.Session, _bed.MonoNow);
        session.Tick(_bed.MonoNow + 1_000_000_000, _client);

        Assert.Equal(new NodeId(0, AlarmConditionType), _client.Published.Single().Events()[1].EventFields![1].Value);
    }

    [Fact]
    public void A_refresh_of_an_item_that_is_not_there_is_refused()
    {
        Assert.Equal(StatusCodes.BadMonitoredItemIdInvalid, Refresh(12912, _item + 1));
    }

    public void Dispose() => _bed.Dispose();

    private uint Refresh(uint method, uint item)
    {
        var node = _bed.Space.Get<UaMethod>(new NodeId(0, method));
        Variant[] arguments = method == 3875 ? [Variant.Of(_id)] : [Variant.Of(_id), Variant.Of(item)];
        return node.Handler!(new MethodCall(_bed.Space.Get<UaNode>(new NodeId(0, ConditionType)), node, arguments, _client.Session.Caller)).Status;
    }

    private UaVariable Member(string path) =>
        Assert.IsType<UaVariable>(_bed.Space.FindPath(_alarm.Node, [.. path.Split('/').Select(name => new QualifiedName(0, name))]));

    private UaMethod Method(string name) => Assert.IsType<UaMethod>(_bed.Space.FindPath(_alarm.Node, new QualifiedName(0, name)));

    private uint Call(string name, Variant eventId, string comment) => Call(name, eventId, Variant.Of(new LocalizedText("en", comment)));

    private uint Call(string name, params Variant[] arguments) =>
        Method(name).Handler!(new MethodCall(_alarm.Node, Method(name), arguments, _client.Session.Caller with { UserName = "operator" })).Status;

    /// <summary>The fields of the events of one more publishing interval.</summary>
    private List<Variant[]> Tell()
    {
        var before = _client.Published.Count();
        _client.Publish();
        _bed.Pass(100);
        _client.Subscriptions.Drop(null, StatusCodes.Good);
        return [.. _client.Published.Skip(before).SelectMany(message => message.Events()).Select(told => told.EventFields!)];
    }
}
