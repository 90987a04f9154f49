using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>Events reach those who watch their notifiers, with the fields that they chose and no others (OPC UA Part 4, 7.22.3).</summary>
public sealed class EventTests : IDisposable
{
    private const uint AuditEventType = 2052;
    private const uint SystemEventType = 2130;
    private const uint DeviceFailureEventType = 2131;
    private const uint EventQueueOverflowEventType = 3035;

    private static readonly NodeId Server = new(0, NodeIds.Server);

    private readonly SubscriptionBed _bed = new();
    private readonly SubscriptionClient _client;
    private readonly uint _id;

    public EventTests()
    {
        _client = _bed.Connect();
        _id = _client.Subscribe();
    }

    [Fact]
    public void Each_event_comes_with_the_fields_that_were_asked_for()
    {
        _client.Watch(_id, Wanted.Events(Server, Wanted.Select("EventId", "EventType", "SourceName", "Time", "Message", "Severity", "ServerHandle")));
        var now = _bed.UtcNow;
        Raise("gripper lost the part", 700);
        Raise("again", 701);

        var events = Tell();
        Assert.Equal(2, events.Count);
        Assert.Equal(16, ((byte[])events[0][0].Value!).Length);
        Assert.NotEqual((byte[])events[0][0].Value!, (byte[])events[1][0].Value!);
        Assert.Equal(new NodeId(0, SystemEventType), events[0][1].Value);
        Assert.Equal("Server", events[0][2].Value);
        Assert.Equal(now, events[0][3].Value);
        Assert.Equal("gripper lost the part", ((LocalizedText)events[0][4].Value!).Text);
        Assert.Equal((ushort)700, events[0][5].Value);
        Assert.Equal(BuiltInType.Null, events[0][6].Type);
    }

    [Fact]
    public void Values_and_events_travel_in_one_message()
    {
        _client.Watch(_id, Wanted.Item(_bed.AddVariable(Variant.Of(1.0)).Id, handle: 3));
        _client.Watch(_id, Wanted.Events(Server, Wanted.Select("Message"), handle: 4));
        Raise("both");
        _client.Publish();
        _bed.Pass(100);

        var message = _client.Published.Single();
        Assert.Equal(3u, message.Values().Single().ClientHandle);
        Assert.Equal(4u, message.Events().Single().ClientHandle);
    }

    [Fact]
    public void An_event_goes_up_the_tree_of_notifiers_and_not_down_or_aside()
    {
        var cell = _bed.AddObject("Cell", notifier: 1);
        var robot = _bed.AddObject("Robot", notifier: 1);
        var axis = _bed.AddObject("Axis");
        var conveyor = _bed.AddObject("Conveyor", notifier: 1);
        _bed.Space.AddReference(cell, new NodeId(0, NodeIds.HasNotifier), robot);
        _bed.Space.AddReference(cell, new NodeId(0, NodeIds.HasNotifier), conveyor);
        _bed.Space.AddReference(robot, new NodeId(0, NodeIds.HasEventSource), axis);
        uint handle = 0;
        foreach (var node in (UaNode[])[cell, robot, conveyor, _bed.Space.Get<UaNode>(Server)])
        {
            _client.Watch(_id, Wanted.Events(node.Id, Wanted.Select("Message"), ++handle));
        }

        _bed.Events.Raise(new UaEvent { EventType = new NodeId(0, SystemEventType), SourceNode = axis.Id });
        _client.Publish();
        _bed.Pass(100);

        Assert.Equal([1u, 2u, 4u], _client.Published.Single().Events().Select(told => told.ClientHandle).Order());
    }

    [Fact]
    public void What_is_no_notifier_tells_no_events()
    {
        Assert.Equal(StatusCodes.BadNotSupported, _client.TryWatch(_id, Wanted.Events(_bed.AddObject("Axis").Id, Wanted.Select("Message"))).StatusCode);
        Assert.Equal(StatusCodes.BadMonitoredItemFilterInvalid, _client.TryWatch(_id, Wanted.Item(Server, attribute: AttributeIds.EventNotifier)).StatusCode);
        Assert.Equal(StatusCodes.BadEventFilterInvalid, _client.TryWatch(_id, Wanted.Events(Server, new EventFilter())).StatusCode);
        Assert.Equal(0, _bed.Service.ItemCount);
    }

    [Fact]
    public void A_wrong_select_clause_says_so_and_costs_its_field_only()
    {
        var filter = new EventFilter
        {
            SelectClauses =
            [
                Wanted.Field("Message"), Wanted.Field("Nonsense"), Wanted.Field("Message", type: 4711), Wanted.Field("Message", type: NodeIds.FolderType),
                Wanted.Field("Message", attribute: AttributeIds.Executable), Wanted.Field("Status", AuditEventType), Wanted.Field("Nonsense", AuditEventType),
                new SimpleAttributeOperand { BrowsePath = [new QualifiedName(0, "Message")], AttributeId = AttributeIds.Value, IndexRange = "x" },
                Wanted.Field("Message", attribute: AttributeIds.BrowseName), Wanted.Field("AckedState/Id"),
            ],
        };

        var result = _client.TryWatch(_id, Wanted.Events(Server, filter));

        Assert.True(result.FilterResult.TryDecode<EventFilterResult>(out var told));
        Assert.Equal(
            [
                StatusCodes.Good, StatusCodes.BadNodeIdUnknown, StatusCodes.BadTypeDefinitionInvalid, StatusCodes.BadTypeDefinitionInvalid,
                StatusCodes.BadAttributeIdInvalid, StatusCodes.Good, StatusCodes.BadNodeIdUnknown, StatusCodes.BadIndexRangeInvalid,
                StatusCodes.Good, StatusCodes.Good,
            ],
            told.SelectClauseResults!);
        Raise("here");
        var fields = Tell().Single();
        Assert.Equal("here", ((LocalizedText)fields[0].Value!).Text);
        Assert.Equal(new QualifiedName(0, "Message"), fields[8].Value);
        Assert.All(fields.Where((_, index) => index is not 0 and not 8), field => Assert.True(field.IsNull));
    }

    [Fact]
    public void A_field_of_another_type_is_null()
    {
        _client.Watch(_id, Wanted.Events(Server, new EventFilter { SelectClauses = [Wanted.Field("Message", AuditEventType), Wanted.Field("Message", SystemEventType)] }));
        Raise("x");

        var fields = Tell().Single();
        Assert.True(fields[0].IsNull);
        Assert.False(fields[1].IsNull);
    }

    [Fact]
    public void Lost_events_leave_a_mark_before_the_oldest_that_is_left()
    {
        _client.Watch(_id, Wanted.Events(Server, Wanted.Select("Message", "EventType"), queue: 3));
        RaiseMany(6);

        var events = Tell();
        Assert.Equal(new NodeId(0, EventQueueOverflowEventType), events[0][1].Value);
        Assert.Equal(["3", "4", "5"], events.Skip(1).Select(fields => fields[0].ToString()));
        Raise("next");
        Assert.Equal(["next"], Tell().Select(fields => fields[0].ToString()));
    }

    [Fact]
    public void Or_behind_the_newest_if_the_client_wants_it_so()
    {
        _client.Watch(_id, Wanted.Events(Server, Wanted.Select("Message", "EventType"), queue: 3, discardOldest: false));
        RaiseMany(6);

        var events = Tell();
        Assert.Equal(["0", "1", "5"], events.Take(3).Select(fields => fields[0].ToString()));
        Assert.Equal(new NodeId(0, EventQueueOverflowEventType), events[3][1].Value);
    }

    [Fact]
    public void A_changed_filter_holds_from_then_on()
    {
        var item = _client.Watch(_id, Wanted.Events(Server, Wanted.Select("Message")));
        Raise("before");
        var changed = _client.Ask<ModifyMonitoredItemsResponse>(new ModifyMonitoredItemsRequest
        {
            SubscriptionId = _id,
            ItemsToModify =
            [
                new MonitoredItemModifyRequest
                {
                    MonitoredItemId = item,
                    RequestedParameters = new MonitoringParameters { QueueSize = 5, DiscardOldest = true, Filter = ExtensionObject.Of(Wanted.Select("Severity")) },
                },
            ],
        }).Results!.Single();
        Assert.Equal((StatusCodes.Good, 5u), (changed.StatusCode, changed.RevisedQueueSize));
        Raise("after", 9);

        Assert.Equal(["before", "9"], Tell().Select(fields => fields[0].ToString()));
    }

    [Fact]
    public void Deleted_items_are_told_nothing_more()
    {
        var item = _client.Watch(_id, Wanted.Events(Server, Wanted.Select("Message")));
        _client.Ask<DeleteMonitoredItemsResponse>(new DeleteMonitoredItemsRequest { SubscriptionId = _id, MonitoredItemIds = [item] });
        Raise("late");

        Assert.Empty(Tell());
    }

    [Fact]
    public void Filters_for_events_are_bounded_apart_because_each_event_meets_all_of_them()
    {
        var request = new CreateMonitoredItemsRequest
        {
            SubscriptionId = _id,
            ItemsToCreate = [.. Enumerable.Range(0, 1001).Select(_ => Wanted.Events(Server, Wanted.Select("Message")))],
        };
        var results = _client.Ask<CreateMonitoredItemsResponse>(request).Results!;

        Assert.All(results.Take(1000), result => Assert.Equal(StatusCodes.Good, result.StatusCode));
        Assert.Equal(StatusCodes.BadTooManyMonitoredItems, results[1000].StatusCode);
        _client.Ask<DeleteMonitoredItemsResponse>(new DeleteMonitoredItemsRequest { SubscriptionId = _id, MonitoredItemIds = [results[0].MonitoredItemId] });
        Assert.Equal(StatusCodes.Good, _client.TryWatch(_id, Wanted.Events(Server, Wanted.Select("Message"))).StatusCode);
    }

    [Fact]
    public void Only_the_wanted_types_come_subtypes_too()
    {
        _client.Watch(_id, Wanted.Events(Server, Wanted.Select("Message").Where(Wanted.Element(FilterOperator.OfType, Wanted.Literal(Variant.Of(new NodeId(0, SystemEventType)))))));
        foreach (var type in (uint[])[NodeIds.BaseEventType, SystemEventType, DeviceFailureEventType, AuditEventType])
        {
            _bed.Events.Raise(new UaEvent { EventType = new NodeId(0, type), Message = new LocalizedText(null, $"{type}") });
        }

        Assert.Equal([$"{SystemEventType}", $"{DeviceFailureEventType}"], Tell().Select(fields => fields[0].ToString()));
    }

    [Fact]
    public void A_wrong_where_clause_refuses_the_item_and_says_which_element()
    {
        var filter = Wanted.Select("Message").Where(
            Wanted.Element(FilterOperator.And, Wanted.Other(1), Wanted.Other(0)),
            Wanted.Element(FilterOperator.Not),
            Wanted.Element(FilterOperator.InView, Wanted.Literal(Variant.Of(1))),
            Wanted.Element((FilterOperator)99),
            Wanted.Element(FilterOperator.Equals, Wanted.Literal(Variant.Of(1)), Wanted.Field("Nonsense")));

        var result = _client.TryWatch(_id, Wanted.Events(Server, filter));

        Assert.Equal(StatusCodes.BadEventFilterInvalid, result.StatusCode);
        Assert.True(result.FilterResult.TryDecode<EventFilterResult>(out var told));
        var elements = told.WhereClauseResult.ElementResults!;
        Assert.Equal(
            [
                StatusCodes.BadFilterOperandInvalid, StatusCodes.BadFilterOperandCountMismatch, StatusCodes.BadFilterOperatorUnsupported,
                StatusCodes.BadFilterOperatorInvalid, StatusCodes.BadFilterOperandInvalid,
            ],
            elements.Select(element => element.StatusCode));
        Assert.Equal([StatusCodes.Good, StatusCodes.BadFilterOperandInvalid], elements[0].OperandStatusCodes!);
        Assert.Equal([StatusCodes.Good, StatusCodes.BadNodeIdUnknown], elements[4].OperandStatusCodes!);
    }

    public void Dispose() => _bed.Dispose();

    private void Raise(string message, ushort severity = 100) => _bed.Events.Raise(
        new UaEvent { EventType = new NodeId(0, SystemEventType), Message = new LocalizedText("en", message), Severity = severity });

    private void RaiseMany(int count)
    {
        for (var number = 0; number < count; number++)
        {
            Raise($"{number}");
        }
    }

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
