using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>One session of the bed and the client behind it: asks, publishes, and keeps the answers in their order.</summary>
internal sealed class SubscriptionClient(SubscriptionBed bed, SessionContext session) : IAnswerSender
{
    private uint _lastRequest;

    public ISessionSubscriptions Subscriptions { get; } = bed.Service.Open(session);

    public SessionContext Session => session;

    /// <summary>What came later than its request.</summary>
    public List<(uint RequestId, IUaResponse Response)> Answers { get; } = [];

    public IEnumerable<PublishResponse> Published => Answers.Select(answer => answer.Response).OfType<PublishResponse>();

    public IEnumerable<uint> Faults => Answers.Select(answer => answer.Response).OfType<ServiceFault>().Select(fault => fault.ResponseHeader.ServiceResult);

    public void Send(uint requestId, IUaResponse response) => Answers.Add((requestId, response));

    public void TickIfDue()
    {
        if (Subscriptions.NextDueMonoNanos <= bed.MonoNow)
        {
            Subscriptions.Tick(bed.MonoNow, this);
        }
    }

    public T Ask<T>(IUaRequest request)
        where T : IUaResponse
    {
        var answer = Subscriptions.Handle(++_lastRequest, request, session, bed.MonoNow);
        TickIfDue();
        return Assert.IsType<T>(answer);
    }

    public uint AskInVain(IUaRequest request) => Ask<ServiceFault>(request).ResponseHeader.ServiceResult;

    public uint Subscribe(
        double interval = 100, uint keepAlive = 10, uint lifetime = 30, uint max = 0, bool isPublishing = true, byte priority = 0) =>
        Ask<CreateSubscriptionResponse>(new CreateSubscriptionRequest
        {
            RequestedPublishingInterval = interval,
            RequestedMaxKeepAliveCount = keepAlive,
            RequestedLifetimeCount = lifetime,
            MaxNotificationsPerPublish = max,
            PublishingEnabled = isPublishing,
            Priority = priority,
        }).SubscriptionId;

    public MonitoredItemCreateResult TryWatch(uint subscription, MonitoredItemCreateRequest item, TimestampsToReturn timestamps = TimestampsToReturn.Both) =>
        Ask<CreateMonitoredItemsResponse>(new CreateMonitoredItemsRequest
        {
            SubscriptionId = subscription,
            TimestampsToReturn = timestamps,
            ItemsToCreate = [item],
        }).Results![0];

    public uint Watch(uint subscription, MonitoredItemCreateRequest item, TimestampsToReturn timestamps = TimestampsToReturn.Both)
    {
        var result = TryWatch(subscription, item, timestamps);
        Assert.Equal(StatusCodes.Good, result.StatusCode);
        return result.MonitoredItemId;
    }

    public uint Publish(params (uint Subscription, uint Number)[] acknowledged) => Publish(0, acknowledged);

    public uint Publish(uint timeoutHint, params (uint Subscription, uint Number)[] acknowledged)
    {
        var answer = Subscriptions.Handle(
            ++_lastRequest,
            new PublishRequest
            {
                RequestHeader = new RequestHeader { RequestHandle = _lastRequest, TimeoutHint = timeoutHint },
                SubscriptionAcknowledgements = acknowledged.Length == 0 ? null : Array.ConvertAll(acknowledged, one =>
                    new SubscriptionAcknowledgement { SubscriptionId = one.Subscription, SequenceNumber = one.Number }),
            },
            session,
            bed.MonoNow);
        if (answer is not null)
        {
            Answers.Add((_lastRequest, answer));
        }

        TickIfDue();
        return _lastRequest;
    }
}
