using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Monitored items (OPC UA Part 4, 5.13): in batches that the server takes; a bad one has a bad status and stops no other.</summary>
public sealed partial class UaSubscriptions<TSink>
{
    /// <summary>One result for each, in their order.</summary>
    public MonitoredItemCreateResult[] CreateItems(
        UaSubscription subscription, IReadOnlyList<MonitoredItemCreateRequest> items, TimestampsToReturn timestamps = TimestampsToReturn.Source)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(items);
        return _session.Batches.Run(
            items,
            _session.Sizes.MonitoredItems,
            _session.Batches.BytesOf,
            batch => CreateBatch(subscription.Id, batch, timestamps),
            status => new MonitoredItemCreateResult { StatusCode = status });
    }

    public MonitoredItemModifyResult[] ModifyItems(
        UaSubscription subscription, IReadOnlyList<MonitoredItemModifyRequest> items, TimestampsToReturn timestamps = TimestampsToReturn.Source)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(items);
        return _session.Batches.Run(
            items,
            _session.Sizes.MonitoredItems,
            _session.Batches.BytesOf,
            batch => _session.Invoke(new ModifyMonitoredItemsRequest
            {
                SubscriptionId = subscription.Id,
                TimestampsToReturn = timestamps,
                ItemsToModify = batch,
            }).Results,
            status => new MonitoredItemModifyResult { StatusCode = status });
    }

    public uint[] SetMonitoringMode(UaSubscription subscription, IReadOnlyList<uint> itemIds, MonitoringMode mode)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return RunIds(itemIds, batch => _session.Invoke(new SetMonitoringModeRequest
        {
            SubscriptionId = subscription.Id,
            MonitoringMode = mode,
            MonitoredItemIds = batch,
        }).Results);
    }

    public uint[] DeleteItems(UaSubscription subscription, IReadOnlyList<uint> itemIds)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return RunIds(itemIds, batch => _session.Invoke(new DeleteMonitoredItemsRequest
        {
            SubscriptionId = subscription.Id,
            MonitoredItemIds = batch,
        }).Results);
    }

    /// <summary>Items that are reported when another one changes; a status for each one added, then for each one removed.</summary>
    public (uint[] Added, uint[] Removed) SetTriggering(
        UaSubscription subscription, uint triggeringItemId, IReadOnlyList<uint> add, IReadOnlyList<uint> remove)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var added = RunIds(add, batch => Trigger(subscription.Id, triggeringItemId, batch, []).AddResults);
        var removed = RunIds(remove, batch => Trigger(subscription.Id, triggeringItemId, [], batch).RemoveResults);
        return (added, removed);
    }

    private MonitoredItemCreateResult[]? CreateBatch(uint subscriptionId, MonitoredItemCreateRequest[] batch, TimestampsToReturn timestamps)
    {
        try
        {
            return _session.Invoke(new CreateMonitoredItemsRequest
            {
                SubscriptionId = subscriptionId,
                TimestampsToReturn = timestamps,
                ItemsToCreate = batch,
            }).Results;
        }
        catch (UaException refused) when (batch.Length > 1 && IsUnread(refused.Status))
        {
            // The items may exist by now, with ids that nobody knows: asked for again, each value would come twice.
            _session.Sizes.MonitoredItems.Shrink(batch.Length);
            throw new UaException(
                StatusCodes.BadUnexpectedError,
                $"{_session.Settings.Endpoint} made {batch.Length} monitored items but its answer could not be read ({StatusCodes.NameOf(refused.Status)}). The subscription must be made anew, with fewer items at once.",
                refused);
        }
    }

    private static bool IsUnread(uint status) => status is StatusCodes.BadResponseTooLarge or StatusCodes.BadDecodingError;

    private SetTriggeringResponse Trigger(uint subscriptionId, uint triggeringItemId, uint[] add, uint[] remove) =>
        _session.Invoke(new SetTriggeringRequest
        {
            SubscriptionId = subscriptionId,
            TriggeringItemId = triggeringItemId,
            LinksToAdd = add,
            LinksToRemove = remove,
        });

    private uint[] RunIds(IReadOnlyList<uint> ids, Func<uint[], uint[]?> call)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _session.Batches.Run(ids, _session.Sizes.MonitoredItems, _ => sizeof(uint), call, status => status);
    }
}
