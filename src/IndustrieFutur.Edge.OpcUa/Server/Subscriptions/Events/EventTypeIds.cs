namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>The nodes of namespace 0 that events and conditions need (OPC UA Part 6, Annex A.3).</summary>
internal static class EventTypeIds
{
    public const uint EventQueueOverflowEventType = 3035;
    public const uint RefreshStartEventType = 2787;
    public const uint RefreshEndEventType = 2788;
    public const uint ConditionType = 2782;
    public const uint AlarmConditionType = 2915;
    public const uint HasCondition = 9006;
    public const uint HasEventSource = 36;
    public const uint ConditionRefresh = 3875;
    public const uint ConditionRefresh2 = 12912;
    public const uint BaseConditionClassType = 11163;
}
