using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>A subscription outlives its session and goes to another one of the same user (OPC UA Part 4, 5.13.7).</summary>
public sealed class TransferTests : IDisposable
{
    private readonly SubscriptionBed _bed = new();

    [Fact]
    public void The_old_session_is_told_and_the_new_one_goes_on_where_it_was()
    {
        var (old, id, variable) = Subscribed("operator");
        var next = _bed.Connect("operator");

        var result = Transfer(next, id, sendInitialValues: false);
        Assert.Equal((StatusCodes.Good, 1), (result.StatusCode, result.AvailableSequenceNumbers!.Length));
        Assert.Equal(1.0, next.Ask<RepublishResponse>(new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = 1 })
            .NotificationMessage.Values().Single().Value.Value.Value);
        old.Publish();
        old.Publish();
        Assert.Equal([StatusCodes.GoodSubscriptionTransferred], old.Published.Last().StatusChanges());
        Assert.Equal([StatusCodes.BadNoSubscription], old.Faults);

        variable.Set(Variant.Of(2.0), _bed.UtcNow);
        next.Publish();
        _bed.Pass(100);
        Assert.Equal([2.0], next.Published.Numbers(1));
        Assert.Equal(2u, next.Published.Single().NotificationMessage.SequenceNumber);
    }

    [Fact]
    public void In_a_crowd_those_left_behind_longest_give_way()
    {
        using var bed = new SubscriptionBed(new ServerLimitsSettings { SessionsMax = 4, SubscriptionsPerSessionMax = 2 });
        var left = Enumerable.Range(0, 3).Select(_ => bed.Connect("operator")).ToList();
        var ids = left.Select(client => (First: client.Subscribe(lifetime: 1_000_000), Second: client.Subscribe(lifetime: 1_000_000))).ToList();
        left.ForEach(client => client.Subscriptions.Release());

        Assert.Equal(4, bed.Service.Count);
        Assert.Null(bed.Service.OwnerOf(ids[0].First));
        Assert.NotNull(bed.Service.OwnerOf(ids[2].Second));
    }

    [Fact]
    public void Long_queues_left_behind_give_way_to_others()
    {
        var node = _bed.AddVariable(Variant.Of(1.0)).Id;
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var client = _bed.Connect("operator");
            var id = client.Subscribe(lifetime: 1_000_000);
            Enumerable.Range(0, 200).ToList().ForEach(_ => client.Watch(id, Wanted.Item(node, queue: 1000)));
            client.Subscriptions.Release();
        }

        var other = _bed.Connect("operator");
        Assert.Equal(1000u, other.TryWatch(other.Subscribe(), Wanted.Item(node, queue: 1000)).RevisedQueueSize);
        Assert.Equal(2, _bed.Service.Count);
    }

    [Fact]
    public void Initial_values_are_repeated_when_they_are_asked_for()
    {
        var (_, id, _) = Subscribed("operator");
        var next = _bed.Connect("operator");
        Transfer(next, id, sendInitialValues: true);
        next.Publish();
        _bed.Pass(100);

        Assert.Equal([1.0], next.Published.Numbers(1));
    }

    [Fact]
    public void What_still_waits_is_told_instead_of_being_repeated()
    {
        var (_, id, variable) = Subscribed("operator");
        variable.Set(Variant.Of(2.0), _bed.UtcNow);
        var next = _bed.Connect("operator");
        Transfer(next, id, sendInitialValues: true);
        next.Publish();
        _bed.Pass(100);

        Assert.Equal([2.0], next.Published.Numbers(1));
    }

    [Theory]
    [InlineData("operator", "viewer", "urn:a", "urn:a", MessageSecurityMode.Sign, MessageSecurityMode.Sign, false)]
    [InlineData("operator", null, "urn:a", "urn:a", MessageSecurityMode.Sign, MessageSecurityMode.Sign, false)]
    [InlineData("operator", "operator", "urn:a", "urn:b", MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt, true)]
    [InlineData(null, null, "urn:a", "urn:a", MessageSecurityMode.Sign, MessageSecurityMode.Sign, true)]
    [InlineData(null, null, "urn:a", "urn:b", MessageSecurityMode.Sign, MessageSecurityMode.Sign, false)]
    [InlineData(null, null, "urn:a", "urn:a", MessageSecurityMode.None, MessageSecurityMode.None, true)]
    [InlineData(null, null, "urn:a", "urn:a", MessageSecurityMode.Sign, MessageSecurityMode.None, false)]
    [InlineData("operator", "operator", "urn:a", "urn:a", MessageSecurityMode.Sign, MessageSecurityMode.None, false)]
    public void Only_the_same_user_gets_it(
        string? user, string? nextUser, string uri, string nextUri, MessageSecurityMode mode, MessageSecurityMode nextMode, bool isAllowed)
    {
        var old = _bed.Connect(user, uri, mode);
        var id = old.Subscribe();
        var next = _bed.Connect(nextUser, nextUri, nextMode);

        Assert.Equal(isAllowed ? StatusCodes.Good : StatusCodes.BadUserAccessDenied, Transfer(next, id, true).StatusCode);
    }

    [Fact]
    public void Unknown_ones_ones_own_and_too_many_are_refused()
    {
        using var bed = new SubscriptionBed(new ServerLimitsSettings { SubscriptionsPerSessionMax = 1 });
        var one = bed.Connect();
        var other = bed.Connect();
        var own = one.Subscribe();
        var foreign = other.Subscribe();

        Assert.Equal(StatusCodes.BadNothingToDo, Transfer(one, own, true).StatusCode);
        Assert.Equal(StatusCodes.BadSubscriptionIdInvalid, Transfer(one, own ^ foreign, true).StatusCode);
        Assert.Equal(StatusCodes.BadTooManySubscriptions, Transfer(one, foreign, true).StatusCode);
        Assert.Equal(StatusCodes.BadTooManyOperations, one.AskInVain(new TransferSubscriptionsRequest { SubscriptionIds = [own, foreign] }));
    }

    [Fact]
    public void A_subscription_without_a_session_waits_for_its_lifetime()
    {
        var (old, id, variable) = Subscribed("operator");
        old.Subscriptions.Release();
        variable.Set(Variant.Of(2.0), _bed.UtcNow);
        _bed.Pass(1000);
        var next = _bed.Connect("operator");
        Assert.Equal(StatusCodes.Good, Transfer(next, id, false).StatusCode);
        next.Publish();
        _bed.Pass(100);
        Assert.Equal([2.0], next.Published.Numbers(1));

        next.Subscriptions.Release();
        _bed.Pass(3200);
        Assert.Equal(0, _bed.Service.Count);
        Assert.Equal(0, _bed.Service.ItemCount);
        Assert.Equal(StatusCodes.BadSubscriptionIdInvalid, Transfer(_bed.Connect("operator"), id, false).StatusCode);
    }

    [Fact]
    public void A_client_is_told_its_items_and_has_their_values_again()
    {
        var (client, id, _) = Subscribed("operator");
        var server = _bed.Space.Get<UaNode>(new NodeId(0, NodeIds.Server));

        var told = Call(client, server, NodeIds.GetMonitoredItems, Variant.Of(id));
        Assert.Equal(StatusCodes.Good, told.Status);
        Assert.Equal([[1u], [1u]], told.Outputs.Select(output => (uint[])output.Value!));
        Assert.Equal(StatusCodes.Good, Call(client, server, NodeIds.ResendData, Variant.Of(id)).Status);
        client.Publish();
        _bed.Pass(100);
        Assert.Equal([1.0, 1.0], client.Published.Numbers(1));

        Assert.Equal(StatusCodes.BadSubscriptionIdInvalid, Call(client, server, NodeIds.ResendData, Variant.Of(id + 1)).Status);
        Assert.Equal(StatusCodes.BadUserAccessDenied, Call(_bed.Connect("operator"), server, NodeIds.GetMonitoredItems, Variant.Of(id)).Status);
    }

    public void Dispose() => _bed.Dispose();

    private static TransferResult Transfer(SubscriptionClient client, uint id, bool sendInitialValues) => client.Ask<TransferSubscriptionsResponse>(
        new TransferSubscriptionsRequest { SubscriptionIds = [id], SendInitialValues = sendInitialValues }).Results!.Single();

    private MethodAnswer Call(SubscriptionClient client, UaNode target, uint method, params Variant[] arguments)
    {
        var node = _bed.Space.Get<UaMethod>(new NodeId(0, method));
        return node.Handler!(new MethodCall(target, node, arguments, client.Session.Caller));
    }

    /// <summary>A client that was told 1.0 in message 1.</summary>
    private (SubscriptionClient Client, uint Id, UaVariable Variable) Subscribed(string user)
    {
        var client = _bed.Connect(user);
        var id = client.Subscribe();
        var variable = _bed.AddVariable(Variant.Of(1.0));
        client.Watch(id, Wanted.Item(variable.Id));
        client.Publish();
        _bed.Pass(100);
        Assert.Equal([1.0], client.Published.Numbers(1));
        return (client, id, variable);
    }
}
