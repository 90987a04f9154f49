using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>What is asked of the server for a group: the subscription's rhythm, each item's sampling, queue and filter (OPC UA Part 4, 5.13 and 5.14).</summary>
internal sealed class OpcUaItemRequest(OpcUaGroupOptions options, OpcUaProfile profile, TimeSpan sessionTimeout)
{
    private const uint AbsoluteDeadband = 1;
    private const uint PercentDeadband = 2;

    private readonly TimeSpan _sampling = Max(options.EffectiveSampling, profile.SamplingMin);

    public SubscriptionRequest Subscription()
    {
        var publishing = Max(options.Publishing, profile.PublishingMin);
        var keepAlive = (uint)Math.Max(1, Math.Round(options.KeepAlive / publishing));
        return new SubscriptionRequest
        {
            PublishingInterval = publishing,
            KeepAliveCount = keepAlive,

            // As long as its session: one that is resumed finds its subscriptions.
            LifetimeCount = (uint)Math.Clamp(Math.Ceiling(sessionTimeout / publishing), 3 * keepAlive, uint.MaxValue / 2),
        };
    }

    public MonitoredItemCreateRequest Item(OpcUaItem item, uint handle, ValueKind kind, TimeSpan publishing, uint queueMax, bool isFiltered)
    {
        var queue = options.QueueFor(_sampling, publishing);
        return new MonitoredItemCreateRequest
        {
            ItemToMonitor = ToRead(item),
            MonitoringMode = MonitoringMode.Reporting,
            RequestedParameters = new MonitoringParameters
            {
                ClientHandle = handle,
                SamplingInterval = _sampling.TotalMilliseconds,
                QueueSize = queueMax > 0 ? Math.Min(queue, queueMax) : queue,
                DiscardOldest = true,
                Filter = isFiltered ? Filter(item, kind) : ExtensionObject.Null,
            },
        };
    }

    public static ReadValueId ToRead(OpcUaItem item) => new()
    {
        NodeId = item.Node ?? throw new InvalidOperationException($"{item} has no node in this session."),
        AttributeId = AttributeIds.Value,
        IndexRange = item.Index,
    };

    /// <summary>Only numbers have a deadband; what is a deadband's default is left out, for servers without filters.</summary>
    private ExtensionObject Filter(OpcUaItem item, ValueKind kind)
    {
        var deadband = item.OnlySlot >= 0 && !item.IsElement && kind is not (ValueKind.Text or ValueKind.Boolean) ? options.Deadband : null;
        if (options.Trigger == OpcUaTrigger.StatusValue && deadband is null)
        {
            return ExtensionObject.Null;
        }

        return ExtensionObject.Of(new DataChangeFilter
        {
            Trigger = (DataChangeTrigger)options.Trigger,
            DeadbandType = deadband is null ? 0 : deadband.Percent is null ? AbsoluteDeadband : PercentDeadband,
            DeadbandValue = deadband?.Percent ?? deadband?.Absolute ?? 0,
        });
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
