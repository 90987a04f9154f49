using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Every message is delivered once and in its order, what is missing is fetched or told, and the server is told what has arrived.</summary>
public sealed class SubscriptionSequenceTests : IDisposable
{
    private readonly SubscriptionScene _scene = new();

    [Fact]
    public void Messages_are_delivered_in_order_and_acknowledged()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.Server.Publish(id, 2, 20);
        _scene.Server.Publish(id, 3, 30);

        _scene.PumpUntil(() => _scene.Server.Acknowledged.Count == 3);

        Assert.Equal([$"message {id}", "1: Int32 10", $"message {id}", "1: Int32 20", $"message {id}", "1: Int32 30"], _scene.Delivered);
        Assert.Equal([(id, 1u), (id, 2u), (id, 3u)], _scene.Server.Acknowledged);
    }

    [Fact]
    public void Publish_requests_wait_on_the_server_before_there_is_anything()
    {
        _scene.Subscribe();

        _scene.PumpUntil(() => _scene.Server.PublishesWaiting == 3);
        _scene.Subscriptions.Create(new SubscriptionRequest());

        _scene.PumpUntil(() => _scene.Server.PublishesWaiting == 4);
    }

    [Fact]
    public void What_is_missing_is_fetched_before_what_follows()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Kept[(id, 2)] = ScriptedServer.Message(2, 20);
        _scene.Server.Publish(id, 1, 10);
        _scene.Server.Publish(id, 3, 30, 2, 3);
        _scene.Server.Publish(id, 4, 40);

        _scene.PumpUntilDelivered(8);

        Assert.Equal(["1: Int32 10", "1: Int32 20", "1: Int32 30", "1: Int32 40"], Values());
        Assert.Equal((1, 0), (_scene.Subscriptions.Counters.Republished, _scene.Subscriptions.Counters.MessagesLost));
    }

    [Fact]
    public void What_the_server_no_longer_has_is_told_as_a_gap()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Kept[(id, 3)] = ScriptedServer.Message(3, 30);
        _scene.Server.Publish(id, 1, 10);
        _scene.Server.Publish(id, 5, 50, 3, 5);

        _scene.PumpUntil(() => Values().Count == 3);

        Assert.Equal(
            [$"message {id}", "1: Int32 10", $"gap {id} 1", $"message {id}", "1: Int32 30", $"gap {id} 1", $"message {id}", "1: Int32 50"],
            _scene.Delivered);
        Assert.Equal(2, _scene.Subscriptions.Counters.MessagesLost);
    }

    [Fact]
    public void A_message_that_comes_twice_is_delivered_once()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.Server.Publish(id, 1, 10);
        _scene.Server.Publish(id, 2, 20);

        _scene.PumpUntil(() => Values().Count == 2);

        Assert.Equal(["1: Int32 10", "1: Int32 20"], Values());
        Assert.Equal(1, _scene.Subscriptions.Counters.Duplicates);
    }

    [Fact]
    public void A_keep_alive_that_is_ahead_shows_what_is_missing()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Kept[(id, 2)] = ScriptedServer.Message(2, 20);
        _scene.Server.Publish(id, 1, 10);
        _scene.Server.PublishKeepAlive(id, 3);

        _scene.PumpUntil(() => _scene.Delivered.Contains($"keep-alive {id}"));

        Assert.Equal(["1: Int32 10", "1: Int32 20"], Values());
    }

    [Fact]
    public void Keep_alives_move_the_deadline_and_are_not_acknowledged()
    {
        var subscription = _scene.Subscribe();
        var before = _scene.Subscriptions.NextDeadlineNanos;
        _scene.Server.PublishKeepAlive(subscription.Id, 1);

        _scene.PumpUntil(() => _scene.Delivered.Count == 1);
        _scene.Server.Publish(subscription.Id, 1, 10);
        _scene.PumpUntil(() => _scene.Server.Acknowledged.Count == 1);

        Assert.True(_scene.Subscriptions.NextDeadlineNanos > before);
        Assert.Equal([(subscription.Id, 1u)], _scene.Server.Acknowledged);
        Assert.False(_scene.Subscriptions.IsStale(MonoTime.NowNanos()));
        Assert.True(_scene.Subscriptions.IsStale(_scene.Subscriptions.NextDeadlineNanos + 1));
    }

    [Fact]
    public void A_subscription_that_the_server_gave_up_is_told_as_lost()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.PublishStatus(id, 1, StatusCodes.BadTimeout);

        _scene.PumpUntilDelivered(2);

        Assert.Equal([$"message {id}", $"lost {id} 0x800A0000"], _scene.Delivered);
        Assert.Empty(_scene.Subscriptions.Subscriptions);
        Assert.Equal(long.MaxValue, _scene.Subscriptions.NextDeadlineNanos);
    }

    [Fact]
    public void A_server_that_holds_fewer_requests_is_sent_fewer()
    {
        var id = _scene.Subscribe().Id;
        _scene.PumpUntil(() => _scene.Server.PublishesWaiting == 3);
        _scene.Server.PublishFault(StatusCodes.BadTooManyPublishRequests);
        _scene.Server.Publish(id, 1, 10);

        _scene.PumpUntil(() => _scene.Server.Acknowledged.Count == 1);

        Assert.Equal(2, _scene.Server.PublishesWaiting);
    }

    [Fact]
    public void What_a_failed_request_was_to_acknowledge_is_said_by_the_next()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.PumpUntilDelivered(2);
        _scene.PumpUntil(() => _scene.Server.Acknowledged.Count == 1);

        // Four requests fail, and with the last of them the acknowledgement.
        for (var i = 0; i < 4; i++)
        {
            _scene.Server.PublishFault(StatusCodes.BadTimeout);
        }

        _scene.PumpUntil(() => _scene.Server.Acknowledged.Count == 2);
        Assert.Equal([(id, 1u), (id, 1u)], _scene.Server.Acknowledged);
    }

    [Fact]
    public void A_subscription_that_nobody_keeps_is_deleted()
    {
        _scene.Subscribe();
        _scene.Server.Publish(999, 1, 10);

        _scene.PumpUntil(() => _scene.Server.Heard.Contains("DeleteSubscriptions"));

        Assert.Empty(Values());
    }

    [Fact]
    public void A_message_that_comes_before_its_subscription_is_known_waits_for_it()
    {
        _scene.Subscribe();
        _scene.Server.On((CreateSubscriptionRequest _) =>
        {
            _scene.Server.Publish(555, 1, 10);
            return new CreateSubscriptionResponse { SubscriptionId = 555, RevisedPublishingInterval = 100, RevisedMaxKeepAliveCount = 10 };
        });

        _scene.Subscriptions.Create(new SubscriptionRequest());

        _scene.PumpUntil(() => Values().Count == 1);
        Assert.DoesNotContain("DeleteSubscriptions", _scene.Server.Heard);
    }

    [Fact]
    public void After_a_cut_the_session_goes_on_and_nothing_is_missing()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.PumpUntilDelivered(2);
        _scene.Server.Kept[(id, 2)] = ScriptedServer.Message(2, 20);
        _scene.Server.Kept[(id, 3)] = ScriptedServer.Message(3, 30);
        _scene.Server.HangUp();
        Assert.Throws<UaException>(() => _scene.PumpUntil(() => false));

        Assert.Equal(SessionStart.Resumed, _scene.Connect());
        var lost = _scene.Subscriptions.Recover(SessionStart.Resumed);
        _scene.Server.Publish(id, 4, 40);
        _scene.PumpUntil(() => Values().Count == 4);

        Assert.Empty(lost);
        Assert.Equal(["1: Int32 10", "1: Int32 20", "1: Int32 30", "1: Int32 40"], Values());
        Assert.Equal(1, _scene.Server.Heard.Count(service => service == "CreateSession"));
    }

    [Fact]
    public void On_a_new_session_subscriptions_are_handed_over_if_the_server_does_that()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.PumpUntilDelivered(2);
        _scene.Server.Kept[(id, 2)] = ScriptedServer.Message(2, 20);
        _scene.Server.Refuse<ActivateSessionRequest>(StatusCodes.BadSessionIdInvalid);
        _scene.Session.Drop();
        Assert.Throws<UaException>(() => _scene.Connect());
        _scene.Server.On((ActivateSessionRequest _) => new ActivateSessionResponse { ServerNonce = new byte[32] });
        _scene.Server.On((TransferSubscriptionsRequest _) => new TransferSubscriptionsResponse
        {
            Results = [new TransferResult { AvailableSequenceNumbers = [2] }],
        });

        var start = _scene.Connect();
        var lost = _scene.Subscriptions.Recover(start);

        Assert.Equal(SessionStart.Created, start);
        Assert.Empty(lost);
        Assert.Equal(["1: Int32 10", "1: Int32 20"], Values());
    }

    [Fact]
    public void On_a_new_session_that_takes_nothing_over_the_lost_subscriptions_are_named()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Refuse<ActivateSessionRequest>(StatusCodes.BadSessionIdInvalid);
        _scene.Session.Drop();
        Assert.Throws<UaException>(() => _scene.Connect());
        _scene.Server.On((ActivateSessionRequest _) => new ActivateSessionResponse { ServerNonce = new byte[32] });

        var lost = _scene.Subscriptions.Recover(_scene.Connect());

        Assert.Equal([id], lost);
        Assert.Equal([$"lost {id} 0x800B0000"], _scene.Delivered);
    }

    [Fact]
    public void Of_a_server_that_was_restarted_no_subscription_is_taken_for_ours()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Refuse<ActivateSessionRequest>(StatusCodes.BadSessionIdInvalid);
        _scene.Session.Drop();
        Assert.Throws<UaException>(() => _scene.Connect());
        _scene.Server.On((ActivateSessionRequest _) => new ActivateSessionResponse { ServerNonce = new byte[32] });
        _scene.Server.On((TransferSubscriptionsRequest _) => new TransferSubscriptionsResponse { Results = [new TransferResult()] });
        _scene.Server.StartTime += 1;

        var lost = _scene.Subscriptions.Recover(_scene.Connect());

        Assert.Equal([id], lost);
        Assert.DoesNotContain("TransferSubscriptions", _scene.Server.Heard);
    }

    [Fact]
    public void A_hole_that_was_being_fetched_when_the_server_died_does_not_disturb_the_next_session()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.PumpUntilDelivered(2);
        _scene.Server.On<RepublishRequest, RepublishResponse>(_ =>
        {
            _scene.Server.HangUp();
            throw new NoAnswerException();
        });
        _scene.Server.Publish(id, 3, 30);
        Assert.Throws<UaException>(() => _scene.PumpUntil(() => false));
        RestartTheServer();
        _scene.Server.Refuse<RepublishRequest>(StatusCodes.BadSessionIdInvalid);

        var lost = _scene.Subscriptions.Recover(_scene.Connect());

        Assert.Equal([id], lost);
        Assert.Equal(2, _scene.Server.Heard.Count(service => service == "CreateSession"));
        Assert.DoesNotContain("Republish", _scene.Server.Heard.SkipWhile(service => service != "(ignored)"));
    }

    [Fact]
    public void A_new_session_that_could_not_be_taken_over_at_the_first_try_is_still_new_at_the_next()
    {
        var id = _scene.Subscribe().Id;
        ForgetTheSession();
        var wasCut = false;
        _scene.Server.On((TransferSubscriptionsRequest _) =>
        {
            if (!wasCut)
            {
                wasCut = true;
                _scene.Server.HangUp();
                throw new NoAnswerException();
            }

            return new TransferSubscriptionsResponse { Results = [new TransferResult { AvailableSequenceNumbers = [1] }] };
        });
        _scene.Server.Kept[(id, 1)] = ScriptedServer.Message(1, 10);
        _scene.Session.Drop();
        var first = _scene.Connect();
        Assert.Throws<UaException>(() => _scene.Subscriptions.Recover(first));

        var second = _scene.Connect();
        var lost = _scene.Subscriptions.Recover(second);

        Assert.Equal((SessionStart.Created, SessionStart.Created), (first, second));
        Assert.Empty(lost);
        Assert.Equal(["1: Int32 10"], Values());
        Assert.Equal(2, _scene.Server.Heard.Count(service => service == "CreateSession"));
        _scene.Session.Drop();
        Assert.Equal(SessionStart.Resumed, _scene.Connect());
    }

    [Fact]
    public void A_restarted_server_is_still_another_one_at_the_second_try()
    {
        var id = _scene.Subscribe().Id;
        RestartTheServer();
        _scene.Session.Drop();
        _scene.Connect();
        _scene.Session.Drop();

        var lost = _scene.Subscriptions.Recover(_scene.Connect());

        Assert.Equal([id], lost);
        Assert.DoesNotContain("TransferSubscriptions", _scene.Server.Heard);
    }

    [Fact]
    public void Items_whose_answer_was_too_large_are_made_fewer_at_once_the_next_time()
    {
        var subscription = _scene.Subscribe();
        _scene.Server.On((CreateMonitoredItemsRequest request) => request.ItemsToCreate!.Length > 2
            ? new CreateMonitoredItemsResponse { ResponseHeader = new ResponseHeader { ServiceResult = StatusCodes.BadResponseTooLarge } }
            : new CreateMonitoredItemsResponse { Results = [.. request.ItemsToCreate.Select(_ => new MonitoredItemCreateResult())] });
        var items = Enumerable.Range(0, 4).Select(_ => new MonitoredItemCreateRequest()).ToList();

        Assert.Throws<UaException>(() => _scene.Subscriptions.CreateItems(subscription, items));

        Assert.Equal(4, _scene.Subscriptions.CreateItems(subscription, items).Length);
    }

    [Fact]
    public void A_server_that_holds_no_request_at_all_is_asked_again_after_a_pause()
    {
        _scene.Subscribe();
        for (var i = 0; i < 50; i++)
        {
            _scene.Server.PublishFault(StatusCodes.BadTooManyPublishRequests);
        }

        _scene.PumpUntil(() => _scene.Subscriptions.Counters.PublishFaults == 3);
        Assert.False(_scene.Session.Pump(MonoTime.NowNanos() + 200_000_000));

        Assert.Equal(3, _scene.Server.PublishesHeard);
    }

    [Fact]
    public void Fewer_requests_were_enough_for_the_line_before_and_are_not_kept_for_the_next()
    {
        _scene.Subscribe();
        _scene.PumpUntil(() => _scene.Server.PublishesWaiting == 3);
        _scene.Server.PublishFault(StatusCodes.BadTooManyPublishRequests);
        _scene.PumpUntil(() => _scene.Subscriptions.Counters.PublishFaults == 1);
        _scene.Session.Drop();

        _scene.Subscriptions.Recover(_scene.Connect());

        _scene.PumpUntil(() => _scene.Server.PublishesWaiting == 3);
    }

    [Fact]
    public void The_first_messages_of_a_subscription_can_be_missing_too()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Kept[(id, 3)] = ScriptedServer.Message(3, 30);
        _scene.Server.Publish(id, 4, 40, 3, 4);

        _scene.PumpUntil(() => Values().Count == 2);

        Assert.Equal([$"gap {id} 2", $"message {id}", "1: Int32 30", $"message {id}", "1: Int32 40"], _scene.Delivered);
    }

    [Fact]
    public void A_request_has_its_deadline_while_others_are_answered_without_a_pause()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Ignore<CallRequest>();
        _scene.Server.PublishWithoutEnd(id);
        _scene.PumpUntilDelivered(2);

        var status = _scene.Session.Call([new CallMethodRequest()], TimeSpan.FromMilliseconds(200))[0].StatusCode;

        Assert.Equal(StatusCodes.BadTimeout, status);
    }

    [Fact]
    public void After_a_cut_what_the_server_has_beyond_a_hole_is_fetched_at_once()
    {
        var id = _scene.Subscribe().Id;
        _scene.Server.Publish(id, 1, 10);
        _scene.PumpUntilDelivered(2);
        _scene.PumpUntil(() => _scene.Server.Acknowledged.Count == 1);
        _scene.Server.Kept[(id, 3)] = ScriptedServer.Message(3, 30);
        _scene.Session.Drop();

        _scene.Subscriptions.Recover(_scene.Connect());

        Assert.Equal([$"message {id}", "1: Int32 10", $"gap {id} 1", $"message {id}", "1: Int32 30"], _scene.Delivered);
    }

    public void Dispose() => _scene.Dispose();

    private void RestartTheServer()
    {
        _scene.Server.StartTime += 1;
        ForgetTheSession();
    }

    /// <summary>The server no longer knows it; the next one it takes.</summary>
    private void ForgetTheSession()
    {
        var activations = 0;
        _scene.Server.On((ActivateSessionRequest _) => new ActivateSessionResponse
        {
            ServerNonce = new byte[32],
            ResponseHeader = new ResponseHeader { ServiceResult = activations++ == 0 ? StatusCodes.BadSessionIdInvalid : StatusCodes.Good },
        });
    }

    private List<string> Values() => [.. _scene.Delivered.Where(line => line.StartsWith("1:", StringComparison.Ordinal))];
}
