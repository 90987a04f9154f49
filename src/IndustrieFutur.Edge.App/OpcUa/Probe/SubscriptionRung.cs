using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Subscribes to the server's time and waits for it to tell the first value: the way that the service gets all of its values.</summary>
internal sealed class SubscriptionRung : IRung
{
    private const double PublishingMillis = 250;
    private const double SamplingMillis = 100;
    private const uint KeepAliveCount = 4;

    /// <summary>OPC UA asks for three times the keep-alive at least (Part 4, 5.14.2.2); a subscription that we could not delete ends soon by itself.</summary>
    private const uint LifetimeCount = 40;

    public string Name => "subscription";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var subscription = state.OpenSession.Invoke(
            new CreateSubscriptionRequest
            {
                RequestedPublishingInterval = PublishingMillis,
                RequestedLifetimeCount = LifetimeCount,
                RequestedMaxKeepAliveCount = KeepAliveCount,
                PublishingEnabled = true,
            },
            state.Request.Timeout);
        try
        {
            var item = CreateItem(state, subscription.SubscriptionId);
            return item.StatusCode != 0 ? NotMonitored(item.StatusCode) : Wait(state, subscription, item);
        }
        finally
        {
            Delete(state, subscription.SubscriptionId);
        }
    }

    private static MonitoredItemCreateResult CreateItem(ProbeState state, uint subscriptionId)
    {
        var request = new CreateMonitoredItemsRequest
        {
            SubscriptionId = subscriptionId,
            TimestampsToReturn = TimestampsToReturn.Both,
            ItemsToCreate =
            [
                new MonitoredItemCreateRequest
                {
                    ItemToMonitor = new ReadValueId { NodeId = new NodeId(0, NodeIds.ServerStatusCurrentTime), AttributeId = AttributeIds.Value },
                    MonitoringMode = MonitoringMode.Reporting,
                    RequestedParameters = new MonitoringParameters { ClientHandle = 1, SamplingInterval = SamplingMillis, QueueSize = 1, DiscardOldest = true },
                },
            ],
        };
        return state.OpenSession.Invoke(request, state.Request.Timeout).Results is [{ } result, ..]
            ? result
            : new MonitoredItemCreateResult { StatusCode = StatusCodes.BadUnknownResponse };
    }

    private static RungAnswer NotMonitored(uint status) => RungAnswer.Broken(
        ExitCode.FoundProblems,
        $"a subscription opens, but the server's time cannot be monitored in it ({StatusCodes.NameOf(status)})",
        "read this server cyclically: \"mode\": \"read\" in the groups of the device");

    /// <summary>The first answer may be a keep-alive: a sample is waited for.</summary>
    private static RungAnswer Wait(ProbeState state, CreateSubscriptionResponse subscription, MonitoredItemCreateResult item)
    {
        RungFact[] facts =
        [
            new("publishing interval", ServerWords.Number(subscription.RevisedPublishingInterval) + " ms"),
            new("sampling interval", ServerWords.Number(item.RevisedSamplingInterval) + " ms"),
            new("queue", item.RevisedQueueSize.ToString(CultureInfo.InvariantCulture)),
        ];
        var since = state.Clock.GetTimestamp();
        while (state.Clock.GetElapsedTime(since) < state.Request.Timeout)
        {
            var left = state.Request.Timeout - state.Clock.GetElapsedTime(since);
            var answer = state.OpenSession.Invoke(new PublishRequest(), left);
            if (answer.SubscriptionId == subscription.SubscriptionId && answer.NotificationMessage.NotificationData is { Length: > 0 })
            {
                var first = ServerWords.Millis(state.Clock.GetElapsedTime(since));
                return RungAnswer.Ok($"the first notification came after {first}", facts);
            }
        }

        return RungAnswer.Broken(
            ExitCode.TimedOut,
            $"a subscription opens, but no value came in it within {ServerWords.Seconds(state.Request.Timeout)}",
            "read this server cyclically: \"mode\": \"read\" in the groups of the device",
            facts);
    }

    /// <summary>On a broken connection there is nothing to delete, and what broke it is told already.</summary>
    private static void Delete(ProbeState state, uint subscriptionId)
    {
        try
        {
            state.OpenSession.Invoke(new DeleteSubscriptionsRequest { SubscriptionIds = [subscriptionId] }, state.Request.Timeout);
        }
        catch (UaException)
        {
            // The server ends it with the session.
        }
    }
}
