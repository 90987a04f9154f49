using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server.Subscriptions;

/// <summary>Monitored items as a client asks for them.</summary>
internal static class Wanted
{
    public static MonitoredItemCreateRequest Item(
        NodeId node, uint handle = 1, double sampling = 0, uint queue = 1, bool discardOldest = true,
        MonitoringMode mode = MonitoringMode.Reporting, uint attribute = AttributeIds.Value, IUaStructure? filter = null, string? range = null) => new()
        {
            ItemToMonitor = new ReadValueId { NodeId = node, AttributeId = attribute, IndexRange = range },
            MonitoringMode = mode,
            RequestedParameters = new MonitoringParameters
            {
                ClientHandle = handle,
                SamplingInterval = sampling,
                QueueSize = queue,
                DiscardOldest = discardOldest,
                Filter = filter is null ? ExtensionObject.Null : ExtensionObject.Of(filter),
            },
        };

    public static MonitoredItemCreateRequest Events(NodeId node, EventFilter filter, uint handle = 1, uint queue = 10, bool discardOldest = true) =>
        Item(node, handle, 0, queue, discardOldest, attribute: AttributeIds.EventNotifier, filter: filter);

    public static EventFilter Select(params string[] paths) => new() { SelectClauses = Array.ConvertAll(paths, path => Field(path)) };

    public static EventFilter Where(this EventFilter filter, params ContentFilterElement[] elements)
    {
        filter.WhereClause = new ContentFilter { Elements = elements };
        return filter;
    }

    public static ContentFilterElement Element(FilterOperator @operator, params IUaStructure[] operands) =>
        new() { FilterOperator = @operator, FilterOperands = Array.ConvertAll(operands, ExtensionObject.Of) };

    public static LiteralOperand Literal(Variant value) => new() { Value = value };

    public static ElementOperand Other(uint index) => new() { Index = index };

    public static SimpleAttributeOperand Field(string path, uint type = NodeIds.BaseEventType, uint attribute = AttributeIds.Value) => new()
    {
        TypeDefinitionId = new NodeId(0, type),
        AttributeId = attribute,
        BrowsePath = path.Length == 0 ? [] : [.. path.Split('/').Select(name => new QualifiedName(0, name))],
    };
}
