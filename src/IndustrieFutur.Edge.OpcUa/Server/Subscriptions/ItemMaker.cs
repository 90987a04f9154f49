using IndustrieFutur.Edge.OpcUa.Server.Services;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Makes monitored items as clients ask for them, within what the server gives, or says why not (OPC UA Part 4, 5.12.2 and 5.12.3).</summary>
internal sealed class ItemMaker(SubscriptionService service)
{
    /// <summary>What a client gets that asks for the shortest queue for events (OPC UA Part 4, 7.21).</summary>
    private const int EventQueueUsual = 100;

    private readonly DataFilterCheck _dataFilters = new(service.Space);
    private readonly EventFilterCheck _eventFilters = new(service.Notifiers);

    public MonitoredItemCreateResult Create(
        Subscription subscription, MonitoredItemCreateRequest request, TimestampsToReturn timestamps, long monoNow)
    {
        var result = new MonitoredItemCreateResult();
        if (Make(subscription, request, result) is not { } item)
        {
            return result;
        }

        item.ClientHandle = request.RequestedParameters.ClientHandle;
        item.Timestamps = timestamps;
        subscription.Add(item, monoNow);
        item.SetMode(request.MonitoringMode);
        result.MonitoredItemId = item.Id;
        result.RevisedQueueSize = (uint)item.QueueSize;
        return result;
    }

    public MonitoredItemModifyResult Modify(
        Subscription subscription, MonitoredItemModifyRequest request, TimestampsToReturn timestamps, long monoNow)
    {
        var result = new MonitoredItemModifyResult { StatusCode = StatusCodes.BadMonitoredItemIdInvalid };
        if (subscription.Find(request.MonitoredItemId) is not { } item)
        {
            return result;
        }

        var queueBefore = item.QueueSize;
        result.StatusCode = item switch
        {
            EventItem events => Change(events, request.RequestedParameters, result),
            DataItem data => Change(subscription, data, request.RequestedParameters, result, monoNow),
            _ => StatusCodes.BadInternalError,
        };
        if (result.StatusCode == StatusCodes.Good)
        {
            service.GiveQueue(queueBefore);
            item.ClientHandle = request.RequestedParameters.ClientHandle;
            item.Timestamps = timestamps;
            result.RevisedQueueSize = (uint)item.QueueSize;
        }

        return result;
    }

    private MonitoredItem? Make(Subscription subscription, MonitoredItemCreateRequest request, MonitoredItemCreateResult result)
    {
        var wanted = request.ItemToMonitor;
        result.StatusCode = Enum.IsDefined(request.MonitoringMode) ? Check(wanted) : StatusCodes.BadMonitoringModeInvalid;
        if (result.StatusCode != StatusCodes.Good || service.Space.Find(wanted.NodeId) is not { } node)
        {
            return null;
        }

        return wanted.AttributeId == AttributeIds.EventNotifier
            ? MakeEvents(subscription, node, request.RequestedParameters, result)
            : MakeData(subscription, node, request, result);
    }

    private DataItem? MakeData(Subscription subscription, UaNode node, MonitoredItemCreateRequest request, MonitoredItemCreateResult result)
    {
        var wanted = request.ItemToMonitor;
        var filter = _dataFilters.Check(node, wanted.AttributeId, request.RequestedParameters.Filter, out var status);
        result.StatusCode = filter is null ? status : service.TryTakeItem() ? StatusCodes.Good : StatusCodes.BadTooManyMonitoredItems;
        if (result.StatusCode != StatusCodes.Good || !IndexRange.TryParse(wanted.IndexRange, out var range))
        {
            return null;
        }

        var settings = SettingsOf(subscription, node, wanted.AttributeId, request.RequestedParameters, filter!, range);
        result.RevisedSamplingInterval = settings.SamplingMillis;
        return new DataItem(subscription.TakeItemId(), node, wanted.AttributeId, settings, subscription.News, service.Clock);
    }

    private EventItem? MakeEvents(Subscription subscription, UaNode node, MonitoringParameters parameters, MonitoredItemCreateResult result)
    {
        if (node is not UaObject { EventNotifier: var notifier } || (notifier & 1) == 0)
        {
            result.StatusCode = StatusCodes.BadNotSupported;
            return null;
        }

        var selection = SelectionOf(parameters, out var status, out var filterResult);
        result.FilterResult = filterResult;
        result.StatusCode = selection is null ? status : service.TryTakeEventItem() ? StatusCodes.Good : StatusCodes.BadTooManyMonitoredItems;
        return result.StatusCode == StatusCodes.Good
            ? new EventItem(subscription.TakeItemId(), node, SettingsOf(parameters, selection!), subscription.News, service.Notifiers)
            : null;
    }

    private uint Change(EventItem item, MonitoringParameters parameters, MonitoredItemModifyResult result)
    {
        var selection = SelectionOf(parameters, out var status, out var filterResult);
        result.FilterResult = filterResult;
        if (selection is not null)
        {
            item.Change(SettingsOf(parameters, selection));
        }

        return status;
    }

    private uint Change(Subscription subscription, DataItem item, MonitoringParameters parameters, MonitoredItemModifyResult result, long monoNow)
    {
        var filter = _dataFilters.Check(item.Node, item.AttributeId, parameters.Filter, out var status);
        if (filter is not null)
        {
            var settings = SettingsOf(subscription, item.Node, item.AttributeId, parameters, filter, item.Settings.Range);
            subscription.Change(item, settings, monoNow);
            result.RevisedSamplingInterval = settings.SamplingMillis;
        }

        return status;
    }

    private EventSelection? SelectionOf(MonitoringParameters parameters, out uint status, out ExtensionObject filterResult)
    {
        status = StatusCodes.BadMonitoredItemFilterInvalid;
        filterResult = ExtensionObject.Null;
        if (!FilterDecoder.TryDecode<EventFilter>(parameters.Filter, out var filter))
        {
            return null;
        }

        var selection = _eventFilters.Check(filter, out status, out var result);
        filterResult = ExtensionObject.Of(result);
        return selection;
    }

    private EventSettings SettingsOf(MonitoringParameters parameters, EventSelection selection)
    {
        var size = parameters.QueueSize <= 1 ? EventQueueUsual : parameters.QueueSize;
        return new EventSettings(TakeQueue(size), parameters.DiscardOldest, selection);
    }

    private DataSettings SettingsOf(
        Subscription subscription, UaNode node, uint attributeId, MonitoringParameters parameters, DataFilter filter, IndexRange? range)
    {
        var sampling = SamplingInterval.Revise(parameters.SamplingInterval, subscription.Cycle.Rhythm.IntervalMillis, node, attributeId);
        return new DataSettings(sampling, TakeQueue(Math.Max(1, parameters.QueueSize)), parameters.DiscardOldest, filter, range);
    }

    private int TakeQueue(uint size) => service.TakeQueue((int)Math.Min(size, (uint)service.Limits.QueueSizeMax));

    /// <summary>What nobody may read now can be watched all the same: its value tells so (OPC UA Part 4, 5.12.2.1).</summary>
    private uint Check(ReadValueId wanted)
    {
        var status = AttributeReader.Check(service.Space, wanted);
        if (status == StatusCodes.BadNotReadable)
        {
            return StatusCodes.Good;
        }

        var isMissing = status == StatusCodes.Good && wanted.AttributeId != AttributeIds.Value
            && service.Space.AttributeOf(wanted.NodeId, wanted.AttributeId).Status == StatusCodes.BadAttributeIdInvalid;
        return isMissing ? StatusCodes.BadAttributeIdInvalid : status;
    }
}
