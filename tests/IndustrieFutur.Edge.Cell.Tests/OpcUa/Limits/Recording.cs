using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>One request of each service that the server offers, as they were sent in one session and answered: what a fuzzer damages.</summary>
internal sealed class Recording
{
    private const uint SystemEventType = 2130;
    private const uint ServerObject = 2253;

    private static readonly NodeId Cell = new(1, "Cell");
    private static readonly NodeId Speed = new(1, "Cell.Speed");
    private static readonly ReadValueId SpeedValue = new() { NodeId = Speed, AttributeId = AttributeIds.Value };
    private static readonly QualifiedName SpeedName = new(1, "Speed");

    private readonly WireSession _session;
    private readonly List<IUaRequest> _requests = [];

    private Recording(WireSession session) => _session = session;

    /// <summary>Makes a subscription in the session, which it leaves there, and throws when anything is refused.</summary>
    public static IReadOnlyList<IUaRequest> Make(WireSession session)
    {
        var recording = new Recording(session);
        recording.Discovery();
        recording.Nodes();
        recording.Views();
        recording.Subscriptions();
        return recording._requests;
    }

    private TResponse Ask<TResponse>(IUaRequest<TResponse> request)
        where TResponse : IUaResponse<TResponse>
    {
        var response = _session.Ask(request);
        _requests.Add(request);
        return response;
    }

    /// <summary>What would end the session or wait for long is only written down.</summary>
    private void Note(IUaRequest request)
    {
        request.RequestHeader.AuthenticationToken = _session.Token;
        _requests.Add(request);
    }

    private void Discovery()
    {
        Ask(new FindServersRequest { EndpointUrl = "opc.tcp://localhost", LocaleIds = ["en"], ServerUris = [] });
        Ask(new GetEndpointsRequest { EndpointUrl = "opc.tcp://localhost", LocaleIds = ["en"], ProfileUris = [] });
        Note(new CreateSessionRequest { EndpointUrl = "opc.tcp://localhost", SessionName = "fuzz", ClientNonce = new byte[32], RequestedSessionTimeout = 10_000 });
        Note(_session.Activation);
        Note(new CloseSessionRequest { DeleteSubscriptions = true });
    }

    private void Nodes()
    {
        Ask(new ReadRequest { TimestampsToReturn = TimestampsToReturn.Both, NodesToRead = [SpeedValue, new() { NodeId = new NodeId(0, ServerObject), AttributeId = 3, DataEncoding = new QualifiedName(0, null) }] });
        Ask(new HistoryReadRequest
        {
            HistoryReadDetails = ExtensionObject.Of(new ReadRawModifiedDetails { EndTime = 1, NumValuesPerNode = 1 }),
            NodesToRead = [new() { NodeId = Speed, ContinuationPoint = [1], IndexRange = "1:2" }],
        });
        Ask(new WriteRequest
        {
            NodesToWrite =
            [
                new() { NodeId = Speed, AttributeId = AttributeIds.Value, Value = new DataValue(Variant.Of(2.5)) },
                new() { NodeId = new NodeId(1, "Cell.Name"), AttributeId = AttributeIds.Value, IndexRange = "1", Value = new DataValue(Variant.Of("x")) },
                new() { NodeId = Speed, AttributeId = AttributeIds.Value, Value = new DataValue(Variant.OfArray(BuiltInType.Double, new[] { 1.0, 2.0 })) },
            ],
        });
        Ask(new CallRequest { MethodsToCall = [new() { ObjectId = Cell, MethodId = new NodeId(1, "Cell.Add"), InputArguments = [Variant.Of(1), Variant.Of(2)] }] });
    }

    private void Views()
    {
        var point = Ask(new BrowseRequest
        {
            RequestedMaxReferencesPerNode = 2,
            NodesToBrowse = [new() { NodeId = Cell, IncludeSubtypes = true, ReferenceTypeId = new NodeId(0, NodeIds.HasComponent), ResultMask = 63 }],
        }).Results![0].ContinuationPoint;
        Ask(new BrowseNextRequest { ContinuationPoints = [point] });
        Ask(new TranslateBrowsePathsToNodeIdsRequest
        {
            BrowsePaths = [new() { StartingNode = Cell, RelativePath = new() { Elements = [new() { ReferenceTypeId = new NodeId(0, NodeIds.HasComponent), IncludeSubtypes = true, TargetName = SpeedName }] } }],
        });
        Ask(new RegisterNodesRequest { NodesToRegister = [Speed] });
        Ask(new UnregisterNodesRequest { NodesToUnregister = [Speed] });
    }

    private void Subscriptions()
    {
        var id = Ask(new CreateSubscriptionRequest { RequestedPublishingInterval = 100, RequestedLifetimeCount = 1_000, RequestedMaxKeepAliveCount = 10, PublishingEnabled = true }).SubscriptionId;
        var items = Ask(new CreateMonitoredItemsRequest { SubscriptionId = id, TimestampsToReturn = TimestampsToReturn.Both, ItemsToCreate = [OfSpeed(), OfEvents()] })
            .Results!.Select(item => item.MonitoredItemId).ToArray();
        Ask(new ModifyMonitoredItemsRequest { SubscriptionId = id, ItemsToModify = [new() { MonitoredItemId = items[0], RequestedParameters = OfSpeed().RequestedParameters }] });
        Ask(new SetMonitoringModeRequest { SubscriptionId = id, MonitoringMode = MonitoringMode.Reporting, MonitoredItemIds = items });
        Ask(new SetTriggeringRequest { SubscriptionId = id, TriggeringItemId = items[0], LinksToAdd = [items[1]] });
        Ask(new ModifySubscriptionRequest { SubscriptionId = id, RequestedPublishingInterval = 100, RequestedLifetimeCount = 1_000, RequestedMaxKeepAliveCount = 10 });
        Ask(new SetPublishingModeRequest { PublishingEnabled = true, SubscriptionIds = [id] });
        var told = Ask(new PublishRequest()).NotificationMessage.SequenceNumber;
        Ask(new RepublishRequest { SubscriptionId = id, RetransmitSequenceNumber = told });
        Note(new PublishRequest { SubscriptionAcknowledgements = [new() { SubscriptionId = id, SequenceNumber = told }] });
        Ask(new TransferSubscriptionsRequest { SubscriptionIds = [id], SendInitialValues = true });
        Ask(new CancelRequest { RequestHandle = 7 });
        Note(new DeleteMonitoredItemsRequest { SubscriptionId = id, MonitoredItemIds = [items[1]] });
        Note(new DeleteSubscriptionsRequest { SubscriptionIds = [id] });
    }

    private static MonitoredItemCreateRequest OfSpeed() => new()
    {
        ItemToMonitor = SpeedValue,
        MonitoringMode = MonitoringMode.Reporting,
        RequestedParameters = new()
        {
            ClientHandle = 1,
            SamplingInterval = 0,
            QueueSize = 10,
            DiscardOldest = true,
            Filter = ExtensionObject.Of(new DataChangeFilter { Trigger = DataChangeTrigger.StatusValue, DeadbandType = 1, DeadbandValue = 0.5 }),
        },
    };

    private static MonitoredItemCreateRequest OfEvents() => new()
    {
        ItemToMonitor = new() { NodeId = new NodeId(0, ServerObject), AttributeId = AttributeIds.EventNotifier },
        MonitoringMode = MonitoringMode.Reporting,
        RequestedParameters = new()
        {
            ClientHandle = 2,
            QueueSize = 10,
            Filter = ExtensionObject.Of(new EventFilter
            {
                SelectClauses = [new() { TypeDefinitionId = new NodeId(0, NodeIds.BaseEventType), BrowsePath = [new QualifiedName(0, "Severity")], AttributeId = AttributeIds.Value }],
                WhereClause = new() { Elements = [new() { FilterOperator = FilterOperator.OfType, FilterOperands = [ExtensionObject.Of(new LiteralOperand { Value = Variant.Of(new NodeId(0, SystemEventType)) })] }] },
            }),
        },
    };
}
