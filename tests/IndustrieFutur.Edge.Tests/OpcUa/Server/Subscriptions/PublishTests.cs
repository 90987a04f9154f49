using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>Which message answers which Publish request, and what is kept of it (OPC UA Part 4, 5.13.5 and 5.13.6).</summary>
public sealed class PublishTests : IDisposable
{
    private readonly SubscriptionBed _bed = new();

    [Fact]
    public void A_quiet_subscription_says_that_it_lives_with_the_number_that_comes_next()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(keepAlive: 3);
        client.Publish();
        client.Publish();
        _bed.Pass(100);
        Assert.Single(client.Answers);
        _bed.Pass(295);
        Assert.Single(client.Answers);
        _bed.Pass(5);

        Assert.Equal([1u, 1u], client.Published.Select(message => message.NotificationMessage.SequenceNumber));
        Assert.All(client.Published, message => Assert.Empty(message.NotificationMessage.NotificationData!));
        Assert.All(client.Published, message => Assert.Equal(id, message.SubscriptionId));
        Assert.All(client.Published, message => Assert.InRange(message.NotificationMessage.PublishTime, _bed.UtcNow - 4_000_000, _bed.UtcNow));
    }

    [Fact]
    public void A_late_subscription_answers_the_next_request_at_once()
    {
        var client = _bed.Connect();
        var id = client.Subscribe();
        client.Watch(id, Wanted.Item(_bed.AddVariable(Variant.Of(1.5)).Id));
        _bed.Pass(250);
        Assert.Empty(client.Answers);

        var request = client.Publish();

        Assert.Equal(request, Assert.Single(client.Answers).RequestId);
        Assert.Equal([1.5], client.Published.Numbers(1));
        Assert.Equal(request, client.Published.Single().ResponseHeader.RequestHandle);
    }

    [Fact]
    public void Acknowledged_messages_are_kept_no_longer_and_the_answer_tells_each_result()
    {
        var client = _bed.Connect();
        var id = client.Subscribe();
        var variable = _bed.AddVariable(Variant.Of(0.0));
        client.Watch(id, Wanted.Item(variable.Id));
        client.Publish();
        _bed.Pass(100);
        variable.Set(Variant.Of(1.0), _bed.UtcNow);
        client.Publish();
        _bed.Pass(100);
        Assert.Equal([1u, 2u], client.Published.Last().AvailableSequenceNumbers!);

        variable.Set(Variant.Of(2.0), _bed.UtcNow);
        client.Publish((id, 1), (id, 9), (id + 1, 1));
        _bed.Pass(100);

        Assert.Equal([2u, 3u], client.Published.Last().AvailableSequenceNumbers!);
        Assert.Equal([StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown, StatusCodes.BadSubscriptionIdInvalid], client.Published.Last().Results!);
        Assert.Equal(StatusCodes.BadMessageNotAvailable, client.AskInVain(new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = 1 }));
        var again = client.Ask<RepublishResponse>(new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = 2 });
        Assert.Equal(1.0, again.NotificationMessage.Values().Single().Value.Value.Value);
    }

    [Fact]
    public void Messages_that_nobody_acknowledges_do_not_grow_without_end()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(interval: 20);
        var variable = _bed.AddVariable(Variant.Of(0.0));
        client.Watch(id, Wanted.Item(variable.Id));
        for (var number = 1; number <= 150; number++)
        {
            client.Publish();
            variable.Set(Variant.Of((double)number), _bed.UtcNow);
            _bed.Pass(20);
        }

        Assert.Equal(100, client.Published.Last().AvailableSequenceNumbers!.Length);
        Assert.Equal(StatusCodes.BadMessageNotAvailable, client.AskInVain(new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = 1 }));
    }

    [Fact]
    public void Numbers_go_from_the_last_one_to_1()
    {
        var subscription = new Subscription(7, new CreateSubscriptionRequest { PublishingEnabled = true }, new PublishRhythm(20, 30, 10), 0);
        subscription.StartAfter(uint.MaxValue - 1);

        Assert.Equal(uint.MaxValue, subscription.NextSequenceNumber);
        subscription.StartAfter(uint.MaxValue);
        Assert.Equal(1u, subscription.NextSequenceNumber);
    }

    [Fact]
    public void Of_too_many_requests_the_oldest_gives_way()
    {
        var client = _bed.Connect();
        client.Subscribe();
        var requests = Enumerable.Range(0, _bed.Limits.PublishRequestsMax + 1).Select(_ => client.Publish()).ToList();

        Assert.Equal([StatusCodes.BadTooManyPublishRequests], client.Faults);
        Assert.Equal(requests[0], client.Answers.Single().RequestId);
        Assert.Equal(requests[0], client.Answers.Single().Response.ResponseHeader.RequestHandle);
    }

    [Fact]
    public void A_request_is_answered_when_its_client_waits_no_longer()
    {
        var client = _bed.Connect();
        client.Subscribe(interval: 10_000);
        client.Publish(timeoutHint: 50);
        _bed.Pass(45);
        Assert.Empty(client.Answers);

        _bed.Pass(10);

        Assert.Equal([StatusCodes.BadTimeout], client.Faults);
    }

    [Fact]
    public void Without_a_subscription_there_is_nothing_to_wait_for()
    {
        var client = _bed.Connect();
        client.Publish();
        Assert.Equal([StatusCodes.BadNoSubscription], client.Faults);

        var id = client.Subscribe();
        client.Publish();
        client.Publish();
        client.Ask<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest { SubscriptionIds = [id] });

        Assert.Equal(3, client.Faults.Count(status => status == StatusCodes.BadNoSubscription));
        Assert.Equal(0, _bed.Service.Count);
        Assert.Equal(0, _bed.Service.ItemCount);
    }

    [Fact]
    public void A_cancelled_request_is_answered_as_cancelled()
    {
        var client = _bed.Connect();
        client.Subscribe();
        var first = client.Publish();
        client.Publish();

        var answer = client.Ask<CancelResponse>(new CancelRequest { RequestHandle = first });

        Assert.Equal(1u, answer.CancelCount);
        Assert.Equal([StatusCodes.BadRequestCancelledByClient], client.Faults);
        Assert.Equal(first, client.Answers.Single().RequestId);
    }

    [Fact]
    public void A_subscription_whose_client_is_silent_ends_and_says_so_to_the_next_request()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(keepAlive: 1, lifetime: 3);
        client.Watch(id, Wanted.Item(_bed.AddVariable(Variant.Of(1.0)).Id));
        _bed.Pass(290);
        Assert.Equal(1, _bed.Service.Count);
        _bed.Pass(20);
        Assert.Equal(0, _bed.Service.Count);
        Assert.Equal(0, _bed.Service.ItemCount);

        client.Publish();
        client.Publish();

        Assert.Equal([StatusCodes.BadTimeout], client.Published.Single().StatusChanges());
        Assert.Equal(id, client.Published.Single().SubscriptionId);
        Assert.Equal([StatusCodes.BadNoSubscription], client.Faults);
    }

    [Fact]
    public void A_silent_subscription_lives_while_requests_wait()
    {
        var client = _bed.Connect();
        client.Subscribe(keepAlive: 1, lifetime: 3);
        for (var i = 0; i < 20; i++)
        {
            client.Publish();
        }

        _bed.Pass(1500);

        Assert.Equal(1, _bed.Service.Count);
        Assert.Equal(15, client.Published.Count());
    }

    [Fact]
    public void The_higher_priority_goes_first_and_among_equals_the_longest_waiting()
    {
        var client = _bed.Connect();
        var low = client.Subscribe(interval: 50, priority: 1);
        var late = client.Subscribe(interval: 100, priority: 5);
        var early = client.Subscribe(interval: 80, priority: 5);
        _bed.Pass(150);

        client.Publish();
        client.Publish();
        client.Publish();

        Assert.Equal([early, late, low], client.Published.Select(message => message.SubscriptionId));
    }

    [Fact]
    public void What_does_not_fit_into_one_message_follows_in_the_next_and_starves_no_item()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(max: 3);
        var variables = Enumerable.Range(0, 8).Select(number => _bed.AddVariable(Variant.Of((double)number))).ToList();
        for (var i = 0; i < variables.Count; i++)
        {
            client.Watch(id, Wanted.Item(variables[i].Id, (uint)i));
        }

        client.Publish();
        client.Publish();
        client.Publish();
        client.Publish();
        _bed.Pass(100);

        Assert.Equal([true, true, false], client.Published.Select(message => message.MoreNotifications));
        Assert.Equal([3, 3, 2], client.Published.Select(message => message.Values().Count));
        Assert.Equal(Enumerable.Range(0, 8).Select(number => (uint)number), client.Published.SelectMany(message => message.Values()).Select(value => value.ClientHandle).Order());
        Assert.Equal([1u, 2u, 3u], client.Published.Select(message => message.NotificationMessage.SequenceNumber));
    }

    [Fact]
    public void Disabled_publishing_says_only_that_it_lives_and_keeps_what_it_has()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(keepAlive: 2, isPublishing: false);
        client.Watch(id, Wanted.Item(_bed.AddVariable(Variant.Of(4.0)).Id));
        client.Publish();
        client.Publish();
        client.Publish();
        _bed.Pass(300);
        Assert.Equal(2, client.Published.Count());
        Assert.Empty(client.Published.Numbers(1));

        client.Ask<SetPublishingModeResponse>(new SetPublishingModeRequest { PublishingEnabled = true, SubscriptionIds = [id] });
        _bed.Pass(100);

        Assert.Equal([4.0], client.Published.Numbers(1));
    }

    [Fact]
    public void A_changed_interval_holds_from_then_on()
    {
        var client = _bed.Connect();
        var id = client.Subscribe(interval: 10_000);
        client.Watch(id, Wanted.Item(_bed.AddVariable(Variant.Of(1.0)).Id));
        client.Publish();

        var revised = client.Ask<ModifySubscriptionResponse>(new ModifySubscriptionRequest
        {
            SubscriptionId = id,
            RequestedPublishingInterval = 1,
            RequestedMaxKeepAliveCount = 5,
            RequestedLifetimeCount = 1,
        });
        _bed.Pass(20);

        Assert.Equal((20, 15u, 5u), (revised.RevisedPublishingInterval, revised.RevisedLifetimeCount, revised.RevisedMaxKeepAliveCount));
        Assert.Single(client.Published);
    }

    [Fact]
    public void Requests_for_what_is_not_there_are_refused()
    {
        var client = _bed.Connect();
        Assert.Equal(StatusCodes.BadSubscriptionIdInvalid, client.AskInVain(new ModifySubscriptionRequest { SubscriptionId = 1 }));
        Assert.Equal(StatusCodes.BadSubscriptionIdInvalid, client.AskInVain(new RepublishRequest { SubscriptionId = 1 }));
        Assert.Equal(StatusCodes.BadNothingToDo, client.AskInVain(new DeleteSubscriptionsRequest()));
        Assert.Equal(StatusCodes.BadNothingToDo, client.AskInVain(new SetPublishingModeRequest()));
        Assert.Equal(StatusCodes.BadNothingToDo, client.AskInVain(new TransferSubscriptionsRequest()));
        Assert.Equal(StatusCodes.BadSubscriptionIdInvalid, client.AskInVain(new CreateMonitoredItemsRequest { SubscriptionId = 1 }));
        var deleted = client.Ask<DeleteSubscriptionsResponse>(new DeleteSubscriptionsRequest { SubscriptionIds = [5] });
        Assert.Equal([StatusCodes.BadSubscriptionIdInvalid], deleted.Results!);
    }

    [Fact]
    public void A_session_has_no_more_subscriptions_than_it_may()
    {
        using var bed = new SubscriptionBed(new ServerLimitsSettings { SubscriptionsPerSessionMax = 2 });
        var client = bed.Connect();
        client.Subscribe();
        client.Subscribe();

        Assert.Equal(StatusCodes.BadTooManySubscriptions, client.AskInVain(new CreateSubscriptionRequest()));
    }

    [Fact]
    public void Requests_of_a_channel_that_is_gone_are_forgotten_and_the_subscription_stays()
    {
        var client = _bed.Connect();
        var id = client.Subscribe();
        client.Watch(id, Wanted.Item(_bed.AddVariable(Variant.Of(2.0)).Id));
        client.Publish();
        client.Subscriptions.Drop(null, StatusCodes.BadSecureChannelClosed);
        _bed.Pass(200);
        Assert.Empty(client.Answers);

        client.Publish();

        Assert.Equal([2.0], client.Published.Numbers(1));
    }

    public void Dispose() => _bed.Dispose();
}
