using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The methods of the standard that work on subscriptions: GetMonitoredItems, ResendData (OPC UA Part 5, 9.1 and 9.2), ConditionRefresh (Part 9, 5.5.7).</summary>
internal sealed class SubscriptionMethods(SubscriptionService service)
{
    /// <summary>Gives the methods that the address space has their handlers.</summary>
    public void Attach()
    {
        Handle(NodeIds.GetMonitoredItems, GetMonitoredItems);
        Handle(NodeIds.ResendData, ResendData);
        Handle(EventTypeIds.ConditionRefresh, ConditionRefresh);
        Handle(EventTypeIds.ConditionRefresh2, ConditionRefresh2);
    }

    internal MethodAnswer GetMonitoredItems(MethodCall call) => With(call, subscription => MethodAnswer.Good(
        Variant.OfArray(BuiltInType.UInt32, subscription.Items.Select(item => item.Id).ToArray()),
        Variant.OfArray(BuiltInType.UInt32, subscription.Items.Select(item => item.ClientHandle).ToArray())));

    internal MethodAnswer ResendData(MethodCall call) => With(call, subscription =>
    {
        subscription.Resend();
        return MethodAnswer.Good();
    });

    internal MethodAnswer ConditionRefresh(MethodCall call) => With(call, subscription => Refresh([.. subscription.Items.OfType<EventItem>()]));

    internal MethodAnswer ConditionRefresh2(MethodCall call) => With(call, subscription =>
        call.Arguments is [_, { Value: uint itemId }, ..] && subscription.Find(itemId) is EventItem item
            ? Refresh([item])
            : MethodAnswer.Bad(StatusCodes.BadMonitoredItemIdInvalid));

    private MethodAnswer Refresh(List<EventItem> items)
    {
        service.Notifiers.Refresh(items);
        return MethodAnswer.Good();
    }

    /// <summary>The first argument names the subscription, which must be the caller's own.</summary>
    private MethodAnswer With(MethodCall call, Func<Subscription, MethodAnswer> work)
    {
        if (call.Arguments is not [{ Value: uint id }, ..] || service.OwnerOf(id) is not { } owner)
        {
            return MethodAnswer.Bad(StatusCodes.BadSubscriptionIdInvalid);
        }

        return owner.SessionId == call.Caller.SessionId
            ? owner.With(id, work) ?? MethodAnswer.Bad(StatusCodes.BadSubscriptionIdInvalid)
            : MethodAnswer.Bad(StatusCodes.BadUserAccessDenied);
    }

    private void Handle(uint methodId, Func<MethodCall, MethodAnswer> handler)
    {
        if (service.Space.Find(new NodeId(0, methodId)) is UaMethod method)
        {
            method.Handler = handler;
        }
    }
}
