using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The services of OPC UA Part 4, 5.12.</summary>
internal sealed partial class SessionSubscriptions
{
    private IUaResponse HandleItems(IUaRequest request, long monoNow) => request switch
    {
        CreateMonitoredItemsRequest create => ForItems(create.SubscriptionId, create.ItemsToCreate, subscription => Create(subscription, create, monoNow)),
        ModifyMonitoredItemsRequest modify => ForItems(modify.SubscriptionId, modify.ItemsToModify, subscription => Modify(subscription, modify, monoNow)),
        SetMonitoringModeRequest mode => ForItems(mode.SubscriptionId, mode.MonitoredItemIds, subscription => SetMonitoringMode(subscription, mode)),
        DeleteMonitoredItemsRequest delete => ForItems(delete.SubscriptionId, delete.MonitoredItemIds, subscription => DeleteItems(subscription, delete)),
        SetTriggeringRequest links => ForItems(
            links.SubscriptionId, BothOf(links), subscription => SetTriggering(subscription, links)),
        _ => Refusal.Of(StatusCodes.BadServiceUnsupported),
    };

    private IUaResponse ForItems(uint subscriptionId, Array? operations, Func<Subscription, IUaResponse> handle)
    {
        if (!_subscriptions.TryGetValue(subscriptionId, out var subscription))
        {
            return Refusal.Of(StatusCodes.BadSubscriptionIdInvalid);
        }

        subscription.Cycle.Heard();
        return operations is not { Length: > 0 } ? Refusal.Of(StatusCodes.BadNothingToDo)
            : operations.Length > _service.Limits.MonitoredItemsPerCallMax ? Refusal.Of(StatusCodes.BadTooManyOperations)
            : handle(subscription);
    }

    private static bool IsValid(TimestampsToReturn timestamps) => timestamps is >= TimestampsToReturn.Source and <= TimestampsToReturn.Neither;

    private IUaResponse Create(Subscription subscription, CreateMonitoredItemsRequest request, long monoNow) => IsValid(request.TimestampsToReturn)
        ? new CreateMonitoredItemsResponse
        {
            Results = Array.ConvertAll(
                request.ItemsToCreate!, item => _items.Create(subscription, item, request.TimestampsToReturn, monoNow)),
        }
        : Refusal.Of(StatusCodes.BadTimestampsToReturnInvalid);

    private IUaResponse Modify(Subscription subscription, ModifyMonitoredItemsRequest request, long monoNow) => IsValid(request.TimestampsToReturn)
        ? new ModifyMonitoredItemsResponse
        {
            Results = Array.ConvertAll(
                request.ItemsToModify!, item => _items.Modify(subscription, item, request.TimestampsToReturn, monoNow)),
        }
        : Refusal.Of(StatusCodes.BadTimestampsToReturnInvalid);

    private static IUaResponse SetMonitoringMode(Subscription subscription, SetMonitoringModeRequest request) => Enum.IsDefined(request.MonitoringMode)
        ? new SetMonitoringModeResponse
        {
            Results = ForEach(subscription, request.MonitoredItemIds, item => item.SetMode(request.MonitoringMode)),
        }
        : Refusal.Of(StatusCodes.BadMonitoringModeInvalid);

    private DeleteMonitoredItemsResponse DeleteItems(Subscription subscription, DeleteMonitoredItemsRequest request)
    {
        // An id that is named twice is deleted once.
        var results = Array.ConvertAll(request.MonitoredItemIds!, id =>
        {
            if (subscription.Find(id) is not { IsDeleted: false } item)
            {
                return StatusCodes.BadMonitoredItemIdInvalid;
            }

            item.Delete();
            _service.GiveBack(item);
            return StatusCodes.Good;
        });
        subscription.RemoveDeleted();
        return new DeleteMonitoredItemsResponse { Results = results };
    }

    private static IUaResponse SetTriggering(Subscription subscription, SetTriggeringRequest request)
    {
        if (subscription.Find(request.TriggeringItemId) is not { } triggering)
        {
            return Refusal.Of(StatusCodes.BadMonitoredItemIdInvalid);
        }

        // Removed first, so that a link in both lists is there in the end (OPC UA Part 4, 5.12.5.2).
        var removed = Array.ConvertAll(request.LinksToRemove ?? [], id =>
            subscription.Find(id) is { } item && triggering.Unlink(item) ? StatusCodes.Good : StatusCodes.BadMonitoredItemIdInvalid);
        return new SetTriggeringResponse
        {
            RemoveResults = removed,
            AddResults = Array.ConvertAll(request.LinksToAdd ?? [], id =>
                subscription.Find(id) is not { } item ? StatusCodes.BadMonitoredItemIdInvalid
                : triggering.TryLink(item) ? StatusCodes.Good
                : StatusCodes.BadTooManyMonitoredItems),
        };
    }

    private static uint[] BothOf(SetTriggeringRequest request) => [.. request.LinksToAdd ?? [], .. request.LinksToRemove ?? []];

    private static uint[] ForEach(Subscription subscription, uint[]? ids, Action<MonitoredItem> work) => Array.ConvertAll(ids ?? [], id =>
    {
        if (subscription.Find(id) is not { } item)
        {
            return StatusCodes.BadMonitoredItemIdInvalid;
        }

        work(item);
        return StatusCodes.Good;
    });
}
