using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using Range = IndustrieFutur.Edge.OpcUa.Types.Generated.Range;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>What of a variable's values a client is told (OPC UA Part 4, 5.12 and 7.22.2).</summary>
public sealed class DataItemTests : IDisposable
{
    private readonly SubscriptionBed _bed = new();
    private readonly SubscriptionClient _client;
    private readonly uint _id;

    public DataItemTests()
    {
        _client = _bed.Connect();
        _id = _client.Subscribe(interval: 100);
    }

    [Fact]
    public void With_interval_0_each_set_is_told_in_order()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 10));
        Set(variable, 1.0, 2.0, 3.0);

        Assert.Equal([0.0, 1.0, 2.0, 3.0], Tell());
    }

    [Fact]
    public void Otherwise_the_value_of_each_sampling_interval_is_told()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, sampling: 20, queue: 10));
        Set(variable, 1.0, 2.0);
        _bed.Pass(20);
        Set(variable, 3.0);
        _bed.Pass(40);

        Assert.Equal([0.0, 2.0, 3.0], Tell());
    }

    [Fact]
    public void The_same_value_again_is_not_told()
    {
        var variable = _bed.AddVariable(Variant.Of(double.NaN));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 10));
        Set(variable, double.NaN, 1.0, 1.0, double.NaN);

        Assert.Equal([double.NaN, 1.0, double.NaN], Tell());
    }

    [Fact]
    public void A_full_queue_gives_up_its_oldest_and_marks_what_is_the_oldest_then()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 3));
        Set(variable, 1.0, 2.0, 3.0, 4.0);

        Assert.Equal([2.0, 3.0, 4.0], Tell());
        Assert.Equal([true, false, false], _client.Published.SelectMany(message => message.Values()).Select(Told.HasOverflown));
    }

    [Fact]
    public void Or_its_newest_if_the_client_wants_it_so()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 3, discardOldest: false));
        Set(variable, 1.0, 2.0, 3.0, 4.0);

        Assert.Equal([0.0, 1.0, 4.0], Tell());
        Assert.Equal([false, false, true], _client.Published.SelectMany(message => message.Values()).Select(Told.HasOverflown));
    }

    [Fact]
    public void A_queue_of_one_holds_the_latest_and_marks_nothing()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id));
        Set(variable, 1.0, 2.0);

        Assert.Equal([2.0], Tell());
        Assert.DoesNotContain(_client.Published.SelectMany(message => message.Values()), Told.HasOverflown);
    }

    [Fact]
    public void A_deadband_is_measured_from_the_last_value_that_was_told()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 20, filter: Absolute(1)));
        Set(variable, 0.5, 1.0, 1.25, 0.5, 2.25, 2.5, 3.5, double.NaN, double.NaN, 3.5);

        Assert.Equal([0.0, 1.25, 2.5, double.NaN, 3.5], Tell());
    }

    [Fact]
    public void A_deadband_in_percent_is_one_of_the_range()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        AddRange(variable, -100, 100);
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 20, filter: Percent(10)));
        Set(variable, 20.0, 20.5, 0.6, 0.4);

        Assert.Equal([0.0, 20.5, 0.4], Tell());
    }

    [Fact]
    public void One_element_of_an_array_beyond_the_deadband_is_enough()
    {
        var variable = _bed.AddVariable(Variant.OfArray(BuiltInType.Double, new double[] { 0, 0 }));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 20, filter: Absolute(1)));
        foreach (double[] array in (double[][])[[0.5, 0.5], [0.5, 1.5], [0.5, 1.6], [0.5]])
        {
            variable.Set(Variant.OfArray(BuiltInType.Double, array), _bed.UtcNow);
        }

        Assert.Equal(new double[][] { [0, 0], [0.5, 1.5], [0.5] }, Tell());
    }

    [Fact]
    public void A_change_of_the_status_always_passes()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 20, filter: Absolute(5)));
        variable.Set(Variant.Of(0.0), _bed.UtcNow, StatusCodes.UncertainLastUsableValue);
        variable.Set(Variant.Of(1.0), _bed.UtcNow, StatusCodes.UncertainLastUsableValue);
        variable.Set(Variant.Of(1.0), _bed.UtcNow);

        Assert.Equal([0.0, 0.0, 1.0], Tell());
        Assert.Equal(
            [StatusCodes.Good, StatusCodes.UncertainLastUsableValue, StatusCodes.Good],
            _client.Published.SelectMany(message => message.Values()).Select(value => value.Value.Status));
    }

    [Theory]
    [InlineData(DataChangeTrigger.Status, new[] { 0.0, 2.0 })]
    [InlineData(DataChangeTrigger.StatusValue, new[] { 0.0, 1.0, 2.0 })]
    [InlineData(DataChangeTrigger.StatusValueTimestamp, new[] { 0.0, 1.0, 1.0, 2.0 })]
    public void The_trigger_says_what_counts_as_a_change(DataChangeTrigger trigger, double[] told)
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 20, filter: new DataChangeFilter { Trigger = trigger }));
        variable.Set(Variant.Of(1.0), 100);
        variable.Set(Variant.Of(1.0), 200);
        variable.Set(Variant.Of(2.0), 200, StatusCodes.Uncertain);

        Assert.Equal(told.Cast<object?>(), Tell());
    }

    [Theory]
    [InlineData(TimestampsToReturn.Source, true, false)]
    [InlineData(TimestampsToReturn.Server, false, true)]
    [InlineData(TimestampsToReturn.Both, true, true)]
    [InlineData(TimestampsToReturn.Neither, false, false)]
    public void Times_come_as_they_were_asked_for(TimestampsToReturn timestamps, bool hasSource, bool hasServer)
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        variable.Set(Variant.Of(1.0), 4711);
        _client.Watch(_id, Wanted.Item(variable.Id), timestamps);
        var watchedAt = _bed.UtcNow;
        Tell();

        var value = _client.Published.Single().Values().Single().Value;
        Assert.Equal((hasSource ? 4711 : 0, hasServer ? watchedAt : 0), (value.SourceTimestamp, value.ServerTimestamp));
    }

    [Fact]
    public void Part_of_an_array_can_be_watched()
    {
        var variable = _bed.AddVariable(Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3, 4 }), NodeIds.Int32DataType);
        _client.Watch(_id, Wanted.Item(variable.Id, queue: 10, range: "1:2"));
        foreach (int[] array in (int[][])[[9, 2, 3, 9], [9, 2, 7, 9], [1]])
        {
            variable.Set(Variant.OfArray(BuiltInType.Int32, array), _bed.UtcNow);
        }

        Assert.Equal(new object?[] { new[] { 2, 3 }, new[] { 2, 7 }, null }, Tell());
        Assert.Equal(StatusCodes.BadIndexRangeNoData, _client.Published.Single().Values().Last().Value.Status);
    }

    [Fact]
    public void Other_attributes_are_watched_too()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        var result = _client.TryWatch(_id, Wanted.Item(variable.Id, attribute: AttributeIds.AccessLevel, queue: 5));
        Assert.Equal((StatusCodes.Good, 500.0), (result.StatusCode, result.RevisedSamplingInterval));
        variable.AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite;
        _bed.Pass(500);

        Assert.Equal([(byte)1, (byte)3], Tell());
    }

    [Fact]
    public void A_value_that_is_made_at_each_reading_is_sampled()
    {
        var variable = _bed.AddVariable(Variant.Of(0L), NodeIds.Int64DataType);
        var count = 0L;
        variable.ReadHandler = () => new DataValue(Variant.Of(count++));
        var result = _client.TryWatch(_id, Wanted.Item(variable.Id, queue: 100));
        Assert.Equal(10, result.RevisedSamplingInterval);

        _bed.Pass(100);
        Assert.Equal(Enumerable.Range(0, 11).Select(number => (object?)(long)number), Tell());
    }

    [Fact]
    public void What_may_not_be_read_says_so_as_its_value()
    {
        var variable = _bed.AddVariable(Variant.Of(1.0));
        variable.AccessLevel = AccessLevels.CurrentWrite;
        _client.Watch(_id, Wanted.Item(variable.Id));
        Tell();

        Assert.Equal(StatusCodes.BadNotReadable, _client.Published.Single().Values().Single().Value.Status);
    }

    [Fact]
    public void A_disabled_item_forgets_and_begins_anew_with_the_value_then()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        var item = _client.Watch(_id, Wanted.Item(variable.Id, queue: 10));
        SetMode(item, MonitoringMode.Disabled);
        Set(variable, 1.0, 2.0);
        Assert.Empty(Tell());

        SetMode(item, MonitoringMode.Reporting);

        Assert.Equal([2.0], Tell());
    }

    [Fact]
    public void A_sampling_item_keeps_what_it_sees_until_it_reports()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        var item = _client.Watch(_id, Wanted.Item(variable.Id, queue: 10, mode: MonitoringMode.Sampling));
        Set(variable, 1.0);
        Assert.Empty(Tell());

        SetMode(item, MonitoringMode.Reporting);

        Assert.Equal([0.0, 1.0], Tell());
    }

    [Fact]
    public void A_triggered_item_reports_what_it_has_when_the_other_one_changes()
    {
        var trigger = _bed.AddVariable(Variant.Of(0.0));
        var position = _bed.AddVariable(Variant.Of(0.0));
        var triggering = _client.Watch(_id, Wanted.Item(trigger.Id, handle: 9));
        var triggered = _client.Watch(_id, Wanted.Item(position.Id, queue: 10, mode: MonitoringMode.Sampling));
        var links = _client.Ask<SetTriggeringResponse>(new SetTriggeringRequest
        {
            SubscriptionId = _id,
            TriggeringItemId = triggering,
            LinksToAdd = [triggered, 77],
            LinksToRemove = [triggered],
        });
        Assert.Equal([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid], links.AddResults!);
        Assert.Equal([StatusCodes.BadMonitoredItemIdInvalid], links.RemoveResults!);
        Set(position, 1.0, 2.0);
        Assert.Empty(Tell());

        Set(trigger, 1.0);
        Set(position, 3.0);
        Assert.Equal([0.0, 1.0, 2.0], Tell());

        Set(trigger, 2.0);
        Assert.Equal([0.0, 1.0, 2.0, 3.0], Tell());
    }

    [Fact]
    public void An_item_that_is_told_of_each_set_from_now_on_misses_none_in_between()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        var item = _client.Watch(_id, Wanted.Item(variable.Id, sampling: 3_000, queue: 10));
        Set(variable, 1.0);
        _client.Ask<ModifyMonitoredItemsResponse>(new ModifyMonitoredItemsRequest
        {
            SubscriptionId = _id,
            ItemsToModify =
            [
                new MonitoredItemModifyRequest
                {
                    MonitoredItemId = item, RequestedParameters = new MonitoringParameters { ClientHandle = 1, QueueSize = 10, DiscardOldest = true },
                },
            ],
        });
        Set(variable, 2.0, 3.0);

        Assert.Equal([0.0, 1.0, 2.0, 3.0], Tell());
    }

    [Fact]
    public void No_item_triggers_more_than_a_thousand_others()
    {
        var node = _bed.AddVariable(Variant.Of(0.0)).Id;
        var triggering = _client.Watch(_id, Wanted.Item(node));
        var others = Enumerable.Range(0, 1001).Select(_ => _client.Watch(_id, Wanted.Item(node, mode: MonitoringMode.Sampling))).ToArray();

        var added = _client.Ask<SetTriggeringResponse>(new SetTriggeringRequest { SubscriptionId = _id, TriggeringItemId = triggering, LinksToAdd = others }).AddResults!;

        Assert.All(added.Take(1000), status => Assert.Equal(StatusCodes.Good, status));
        Assert.Equal(StatusCodes.BadTooManyMonitoredItems, added[1000]);
    }

    [Fact]
    public void Changed_parameters_hold_from_then_on_and_what_fits_stays_queued()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        var item = _client.Watch(_id, Wanted.Item(variable.Id, queue: 10));
        Set(variable, 1.0, 2.0, 3.0);
        var result = _client.Ask<ModifyMonitoredItemsResponse>(new ModifyMonitoredItemsRequest
        {
            SubscriptionId = _id,
            TimestampsToReturn = TimestampsToReturn.Neither,
            ItemsToModify =
            [
                new MonitoredItemModifyRequest
                {
                    MonitoredItemId = item,
                    RequestedParameters = new MonitoringParameters { ClientHandle = 5, SamplingInterval = 50, QueueSize = 2, DiscardOldest = true },
                },
                new MonitoredItemModifyRequest { MonitoredItemId = 99 },
            ],
        }).Results!;
        Assert.Equal((StatusCodes.Good, 50.0, 2u), (result[0].StatusCode, result[0].RevisedSamplingInterval, result[0].RevisedQueueSize));
        Assert.Equal(StatusCodes.BadMonitoredItemIdInvalid, result[1].StatusCode);
        Assert.Empty(Tell());

        Assert.Equal([2.0, 3.0], _client.Published.Numbers(5));
        Assert.True(_client.Published.Single().Values()[0].HasOverflown());
        Assert.Equal(0, _client.Published.Single().Values()[0].Value.ServerTimestamp);
        Set(variable, 4.0, 5.0);
        _bed.Pass(50);
        Tell();
        Assert.Equal([2.0, 3.0, 5.0], _client.Published.Numbers(5));
    }

    [Fact]
    public void Each_item_that_cannot_be_made_says_why()
    {
        var number = _bed.AddVariable(Variant.Of(0.0)).Id;
        var text = _bed.AddVariable(Variant.Of("a"), NodeIds.StringDataType).Id;

        Assert.Equal(StatusCodes.BadNodeIdUnknown, Refused(Wanted.Item(new NodeId(1, "nowhere"))));
        Assert.Equal(StatusCodes.BadAttributeIdInvalid, Refused(Wanted.Item(number, attribute: AttributeIds.Executable)));
        Assert.Equal(StatusCodes.BadAttributeIdInvalid, Refused(Wanted.Item(number, attribute: 99)));
        Assert.Equal(StatusCodes.BadAttributeIdInvalid, Refused(Wanted.Item(_bed.Objects.Id)));
        Assert.Equal(StatusCodes.BadIndexRangeInvalid, Refused(Wanted.Item(number, range: "2:1")));
        Assert.Equal(StatusCodes.BadMonitoringModeInvalid, Refused(Wanted.Item(number, mode: (MonitoringMode)9)));
        Assert.Equal(StatusCodes.BadMonitoredItemFilterUnsupported, Refused(Wanted.Item(number, filter: new AggregateFilter())));
        Assert.Equal(StatusCodes.BadMonitoredItemFilterUnsupported, Refused(Wanted.Item(number, filter: new DataChangeFilter { DeadbandType = 3 })));
        Assert.Equal(StatusCodes.BadFilterNotAllowed, Refused(Wanted.Item(number, filter: Wanted.Select("Message"))));
        Assert.Equal(StatusCodes.BadFilterNotAllowed, Refused(Wanted.Item(number, attribute: AttributeIds.BrowseName, filter: Absolute(1))));
        Assert.Equal(StatusCodes.BadFilterNotAllowed, Refused(Wanted.Item(number, filter: Percent(10))));
        Assert.Equal(StatusCodes.BadFilterNotAllowed, Refused(Wanted.Item(text, filter: Absolute(1))));
        Assert.Equal(StatusCodes.BadDeadbandFilterInvalid, Refused(Wanted.Item(number, filter: Absolute(-1))));
        Assert.Equal(StatusCodes.BadDeadbandFilterInvalid, Refused(Wanted.Item(number, filter: Percent(101))));
        Assert.Equal(StatusCodes.BadTimestampsToReturnInvalid, _client.AskInVain(new CreateMonitoredItemsRequest
        {
            SubscriptionId = _id,
            ItemsToCreate = [Wanted.Item(number)],
            TimestampsToReturn = (TimestampsToReturn)7,
        }));
        Assert.Equal(StatusCodes.BadNothingToDo, _client.AskInVain(new CreateMonitoredItemsRequest { SubscriptionId = _id }));
        Assert.Equal(StatusCodes.BadNothingToDo, _client.AskInVain(new SetTriggeringRequest { SubscriptionId = _id }));
        Assert.Equal(0, _bed.Service.ItemCount);
    }

    [Fact]
    public void A_filter_of_garbage_costs_its_own_item_only()
    {
        var good = Wanted.Item(_bed.AddVariable(Variant.Of(0.0)).Id);
        var bad = Wanted.Item(_bed.AddVariable(Variant.Of(0.0)).Id);
        bad.RequestedParameters.Filter = new ExtensionObject(new NodeId(0, DataChangeFilter.Id), ExtensionObjectEncoding.ByteString, [1, 2]);

        var results = _client.Ask<CreateMonitoredItemsResponse>(new CreateMonitoredItemsRequest { SubscriptionId = _id, ItemsToCreate = [bad, good] }).Results!;

        Assert.Equal([StatusCodes.BadMonitoredItemFilterInvalid, StatusCodes.Good], results.Select(result => result.StatusCode));
    }

    [Fact]
    public void More_items_than_the_server_gives_are_refused_one_by_one_and_room_is_made_by_deleting()
    {
        using var bed = new SubscriptionBed(new ServerLimitsSettings { MonitoredItemsMax = 2, MonitoredItemsPerCallMax = 3 });
        var client = bed.Connect();
        var id = client.Subscribe();
        var node = bed.AddVariable(Variant.Of(0.0)).Id;
        var request = new CreateMonitoredItemsRequest { SubscriptionId = id, ItemsToCreate = [Wanted.Item(node), Wanted.Item(node), Wanted.Item(node)] };
        var results = client.Ask<CreateMonitoredItemsResponse>(request).Results!;
        Assert.Equal([StatusCodes.Good, StatusCodes.Good, StatusCodes.BadTooManyMonitoredItems], results.Select(result => result.StatusCode));

        var deleted = client.Ask<DeleteMonitoredItemsResponse>(new DeleteMonitoredItemsRequest
        {
            SubscriptionId = id,
            MonitoredItemIds = [results[0].MonitoredItemId, results[0].MonitoredItemId],
        }).Results!;

        Assert.Equal([StatusCodes.Good, StatusCodes.BadMonitoredItemIdInvalid], deleted);
        Assert.Equal(StatusCodes.Good, client.TryWatch(id, Wanted.Item(node)).StatusCode);
        request.ItemsToCreate = [.. request.ItemsToCreate, Wanted.Item(node)];
        Assert.Equal(StatusCodes.BadTooManyOperations, client.AskInVain(request));
    }

    [Fact]
    public void Queues_are_no_longer_than_the_server_gives()
    {
        var node = _bed.AddVariable(Variant.Of(0.0)).Id;

        Assert.Equal(1u, _client.TryWatch(_id, Wanted.Item(node, queue: 0)).RevisedQueueSize);
        Assert.Equal(1000u, _client.TryWatch(_id, Wanted.Item(node, queue: uint.MaxValue)).RevisedQueueSize);
        var sizes = Enumerable.Range(0, 600).Select(_ => _client.TryWatch(_id, Wanted.Item(node, queue: 1000)).RevisedQueueSize).ToList();
        Assert.Equal(498, sizes.Count(size => size == 1000));
        Assert.Equal(1u, sizes[^1]);
    }

    [Fact]
    public void A_deleted_item_tells_nothing_more_and_is_not_watched()
    {
        var variable = _bed.AddVariable(Variant.Of(0.0));
        var item = _client.Watch(_id, Wanted.Item(variable.Id, queue: 10));
        _client.Ask<DeleteMonitoredItemsResponse>(new DeleteMonitoredItemsRequest { SubscriptionId = _id, MonitoredItemIds = [item] });
        Set(variable, 1.0);

        Assert.Empty(Tell());
        Assert.Equal(0, _bed.Service.ItemCount);
    }

    [Fact]
    public void A_value_that_no_message_can_hold_is_told_as_a_status()
    {
        using var bed = new SubscriptionBed(new ServerLimitsSettings { MessageBytesMax = 200_000 });
        var client = bed.Connect();
        var id = client.Subscribe();
        client.Watch(id, Wanted.Item(bed.AddVariable(Variant.Of(new string('x', 90_000)), NodeIds.StringDataType).Id, 1));
        client.Watch(id, Wanted.Item(bed.AddVariable(Variant.Of(new string('y', 190_000)), NodeIds.StringDataType).Id, 2));
        client.Watch(id, Wanted.Item(bed.AddVariable(Variant.Of(3.0)).Id, 3));
        client.Publish();
        client.Publish();
        client.Publish();
        bed.Pass(100);

        var told = client.Published.SelectMany(message => message.Values()).ToDictionary(value => value.ClientHandle, value => value.Value);
        Assert.Equal(90_000, ((string)told[1].Value.Value!).Length);
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, told[2].Status);
        Assert.Equal(3.0, told[3].Value.Value);
    }

    public void Dispose() => _bed.Dispose();

    private static DataChangeFilter Absolute(double deadband) =>
        new() { Trigger = DataChangeTrigger.StatusValue, DeadbandType = 1, DeadbandValue = deadband };

    private static DataChangeFilter Percent(double deadband) =>
        new() { Trigger = DataChangeTrigger.StatusValue, DeadbandType = 2, DeadbandValue = deadband };

    private uint Refused(MonitoredItemCreateRequest item) => _client.TryWatch(_id, item).StatusCode;

    private void SetMode(uint item, MonitoringMode mode)
    {
        var response = _client.Ask<SetMonitoringModeResponse>(new SetMonitoringModeRequest { SubscriptionId = _id, MonitoredItemIds = [item], MonitoringMode = mode });
        Assert.Equal([StatusCodes.Good], response.Results!);
    }

    private void AddRange(UaVariable variable, double low, double high)
    {
        var range = new UaVariable(new NodeId(1, variable.BrowseName.Name + ".EURange"), new QualifiedName(0, "EURange")) { DataType = new NodeId(0, NodeIds.RangeDataType) };
        range.Set(new DataValue(Variant.Of(ExtensionObject.Of(new Range { Low = low, High = high }))));
        _bed.Space.Add(range, variable, new NodeId(0, NodeIds.HasProperty), new NodeId(0, NodeIds.PropertyType));
    }

    private void Set(UaVariable variable, params double[] values)
    {
        foreach (var value in values)
        {
            variable.Set(Variant.Of(value), _bed.UtcNow);
        }
    }

    /// <summary>All that was told of handle 1 so far, after another publishing interval.</summary>
    private List<object?> Tell()
    {
        _client.Publish();
        _bed.Pass(100);
        _client.Subscriptions.Drop(_client, StatusCodes.GoodNoData);
        return _client.Published.Numbers(1);
    }
}
