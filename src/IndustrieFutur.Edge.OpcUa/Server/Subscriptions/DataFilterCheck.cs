using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using Range = IndustrieFutur.Edge.OpcUa.Types.Generated.Range;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Checks a client's data change filter and works a deadband in percent out (OPC UA Part 4, 7.22.2, and Part 8, 6.2).</summary>
internal sealed class DataFilterCheck(AddressSpace space)
{
    private const uint None = 0;
    private const uint Absolute = 1;
    private const uint Percent = 2;

    private static readonly NodeId Number = new(0, NodeIds.NumberDataType);

    /// <summary>Null, with a Bad status, for a filter that cannot be used here.</summary>
    public DataFilter? Check(UaNode node, uint attributeId, ExtensionObject filter, out uint status)
    {
        status = StatusCodes.Good;
        if (filter.IsNull)
        {
            return DataFilter.Usual;
        }

        if (!FilterDecoder.TryDecode<DataChangeFilter>(filter, out var wanted))
        {
            status = StatusOfOther(filter);
            return null;
        }

        var variable = attributeId == AttributeIds.Value ? node as UaVariable : null;
        status = variable is null ? StatusCodes.BadFilterNotAllowed
            : !Enum.IsDefined(wanted.Trigger) ? StatusCodes.BadMonitoredItemFilterInvalid
            : StatusOf(wanted, variable);
        return status == StatusCodes.Good ? new DataFilter(wanted.Trigger, DeadbandOf(wanted, variable!)) : null;
    }

    /// <summary>A filter of another kind: events only on the EventNotifier, aggregates nowhere here.</summary>
    private static uint StatusOfOther(ExtensionObject filter) =>
        filter.TypeId == new NodeId(0, EventFilter.Id) ? StatusCodes.BadFilterNotAllowed
        : filter.TypeId == new NodeId(0, DataChangeFilter.Id) ? StatusCodes.BadMonitoredItemFilterInvalid
        : StatusCodes.BadMonitoredItemFilterUnsupported;

    private uint StatusOf(DataChangeFilter filter, UaVariable variable) => filter.DeadbandType switch
    {
        None => StatusCodes.Good,
        > Percent => StatusCodes.BadMonitoredItemFilterUnsupported,
        _ when !(filter.DeadbandValue >= 0) || (filter.DeadbandType == Percent && filter.DeadbandValue > 100) =>
            StatusCodes.BadDeadbandFilterInvalid,
        _ when !space.IsSubtype(variable.DataType, Number) => StatusCodes.BadFilterNotAllowed,
        Percent when RangeOf(variable) is null => StatusCodes.BadFilterNotAllowed,
        _ => StatusCodes.Good,
    };

    private double? DeadbandOf(DataChangeFilter filter, UaVariable variable) => filter.DeadbandType switch
    {
        Absolute => filter.DeadbandValue,
        Percent when RangeOf(variable) is { } range => (range.High - range.Low) * filter.DeadbandValue / 100,
        _ => null,
    };

    private Range? RangeOf(UaVariable variable)
    {
        var properties = space.Step(variable, new NodeId(0, NodeIds.HasProperty), false, true, new QualifiedName(0, "EURange"));
        return properties is [UaVariable { Value.Value.Value: ExtensionObject encoded }]
            && FilterDecoder.TryDecode<Range>(encoded, out var range) && range.High > range.Low ? range : null;
    }
}
