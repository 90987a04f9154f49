using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>Something that happened, as clients subscribe it: the fields of BaseEventType (OPC UA Part 5, 6.4.2) and those of its own type by their path.</summary>
public sealed class UaEvent
{
    private readonly Dictionary<string, Variant> _fields = [];

    public required NodeId EventType { get; init; }

    /// <summary>Unique for this server; made when it is raised unless it is set.</summary>
    public byte[]? EventId { get; set; }

    /// <summary>Where it happened; it is told there and at every notifier above, and at Server always.</summary>
    public NodeId SourceNode { get; init; } = new(0, NodeIds.Server);

    public string? SourceName { get; init; } = "Server";

    /// <summary>Raw, see UaTime; 0 = when it is raised.</summary>
    public long Time { get; set; }

    /// <summary>Raw, see UaTime; 0 = when it is raised.</summary>
    public long ReceiveTime { get; set; }

    public LocalizedText Message { get; init; }

    /// <summary>1 to 1000, the most urgent.</summary>
    public ushort Severity { get; init; } = 100;

    /// <summary>The condition that it tells of; null for other events (OPC UA Part 9, 5.5.2).</summary>
    public NodeId ConditionId { get; init; }

    /// <summary>Adds a field by its names from the event type on.</summary>
    public UaEvent With(Variant value, params ReadOnlySpan<QualifiedName> path)
    {
        _fields[EventPath.KeyOf(path)] = value;
        return this;
    }

    internal void Set(string key, Variant value) => _fields[key] = value;

    /// <summary>Null for a field that it does not have.</summary>
    internal Variant Field(string key) => key switch
    {
        "0:EventId" => Variant.OfByteString(EventId),
        "0:EventType" => Variant.Of(EventType),
        "0:SourceNode" => Variant.Of(SourceNode),
        "0:SourceName" => Variant.Of(SourceName),
        "0:Time" => Variant.OfDateTime(Time),
        "0:ReceiveTime" => Variant.OfDateTime(ReceiveTime),
        "0:Message" => Variant.Of(Message),
        "0:Severity" => Variant.Of(Severity),
        _ => _fields.GetValueOrDefault(key),
    };
}
