using System.Collections.Concurrent;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>The monitored items of the scripted server: it takes every one, and a test publishes by the handle that the client gave.</summary>
internal sealed partial class ScriptedServer
{
    private uint _lastItem;

    /// <summary>The client's handle of each watched node, the last one that it gave, by the node's text id.</summary>
    public ConcurrentDictionary<string, uint> Handles { get; } = new();

    /// <summary>The subscription that was made last.</summary>
    public uint LastSubscription => Volatile.Read(ref _lastSubscription);

    /// <summary>Makes every subscription that is asked for, as asked.</summary>
    public void MakeSubscriptions() => On((CreateSubscriptionRequest request) => new CreateSubscriptionResponse
    {
        SubscriptionId = ++_lastSubscription,
        RevisedPublishingInterval = request.RequestedPublishingInterval,
        RevisedMaxKeepAliveCount = request.RequestedMaxKeepAliveCount,
        RevisedLifetimeCount = request.RequestedLifetimeCount,
    });

    /// <summary>Takes every item that is to be watched.</summary>
    public void WatchAll() => On((CreateMonitoredItemsRequest request) => new CreateMonitoredItemsResponse
    {
        Results = [.. request.ItemsToCreate!.Select(item =>
        {
            Handles[item.ItemToMonitor.NodeId.Text ?? ""] = item.RequestedParameters.ClientHandle;
            return new MonitoredItemCreateResult { MonitoredItemId = ++_lastItem, RevisedQueueSize = 1 };
        })],
    });

    /// <summary>Lists the endpoints to whoever asks.</summary>
    public void TellEndpoints() => On((GetEndpointsRequest _) => new GetEndpointsResponse { Endpoints = [.. Endpoints] });

    /// <summary>Publishes values of watched nodes in one message.</summary>
    public void PublishValues(uint subscription, uint sequence, params (string Node, DataValue Value)[] values) =>
        _toPublish.Enqueue(new PublishResponse { SubscriptionId = subscription, NotificationMessage = MessageOf(sequence, values) });

    /// <summary>A message with values of watched nodes.</summary>
    public NotificationMessage MessageOf(uint sequence, params (string Node, DataValue Value)[] values) => new()
    {
        SequenceNumber = sequence,
        NotificationData =
        [
            ExtensionObject.Of(new DataChangeNotification
            {
                MonitoredItems = [.. values.Select(pair => new MonitoredItemNotification { ClientHandle = Handles[pair.Node], Value = pair.Value })],
            }),
        ],
    };
}
