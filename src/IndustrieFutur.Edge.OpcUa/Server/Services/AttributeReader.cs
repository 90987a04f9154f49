using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>One attribute as a client asked for it: its right to it, index range, encoding and times (OPC UA Part 4, 5.11.2).</summary>
internal static class AttributeReader
{
    private const string DefaultBinary = "Default Binary";

    /// <summary>Good, or why nobody can ever read that: for what is asked once and read often.</summary>
    public static uint Check(AddressSpace space, ReadValueId wanted)
    {
        var node = space.Find(wanted.NodeId);
        if (node is null)
        {
            return StatusCodes.BadNodeIdUnknown;
        }

        if (!IndexRange.TryParse(wanted.IndexRange, out _))
        {
            return StatusCodes.BadIndexRangeInvalid;
        }

        var right = CheckRight(node, wanted.AttributeId);
        return right == StatusCodes.Good && !wanted.DataEncoding.IsNull ? CheckEncoding(space, node, wanted) : right;
    }

    /// <summary>A new DataValue with what was asked for, or with the status that says why it is missing.</summary>
    public static DataValue Read(AddressSpace space, ReadValueId wanted, TimestampsToReturn timestamps, long nowUtc)
    {
        var status = Check(space, wanted);
        var value = status == StatusCodes.Good ? space.AttributeOf(wanted.NodeId, wanted.AttributeId) : UaNode.Refusal(status);
        return Present(value, wanted, timestamps, nowUtc);
    }

    /// <summary>An attribute's value cut and stamped as it was asked for.</summary>
    public static DataValue Present(DataValue value, ReadValueId wanted, TimestampsToReturn timestamps, long nowUtc)
    {
        var (variant, status) = (value.Value, value.Status);
        if (!string.IsNullOrEmpty(wanted.IndexRange) && !variant.IsNull)
        {
            var cut = IndexRange.TryParse(wanted.IndexRange, out var range) ? range!.TryRead(variant, out variant) : StatusCodes.BadIndexRangeInvalid;
            status = cut == StatusCodes.Good ? status : cut;
        }

        return Stamped(value, variant, status, timestamps, nowUtc);
    }

    private static DataValue Stamped(DataValue value, Variant variant, uint status, TimestampsToReturn timestamps, long nowUtc)
    {
        var answer = new DataValue { Value = variant, Status = status };
        Set(answer, DataValueFields.Value, !variant.IsNull);
        Set(answer, DataValueFields.Status, status != StatusCodes.Good);
        if (timestamps is TimestampsToReturn.Source or TimestampsToReturn.Both && value.SourceTimestamp != 0)
        {
            answer.SourceTimestamp = value.SourceTimestamp;
            answer.SourcePicoseconds = value.SourcePicoseconds;
            Set(answer, DataValueFields.SourceTimestamp, true);
            Set(answer, DataValueFields.SourcePicoseconds, value.SourcePicoseconds != 0);
        }

        if (timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both)
        {
            answer.ServerTimestamp = nowUtc;
            Set(answer, DataValueFields.ServerTimestamp, true);
        }

        return answer;
    }

    private static void Set(DataValue value, DataValueFields field, bool isSet) => value.Fields |= isSet ? field : DataValueFields.None;

    private static uint CheckRight(UaNode node, uint attributeId) =>
        attributeId is < AttributeIds.NodeId or > AttributeIds.AccessLevelEx ? StatusCodes.BadAttributeIdInvalid
        : attributeId != AttributeIds.Value ? StatusCodes.Good
        : node is not UaVariable variable ? StatusCodes.BadAttributeIdInvalid
        : (variable.AccessLevel & AccessLevels.CurrentRead) == 0 ? StatusCodes.BadNotReadable
        : StatusCodes.Good;

    /// <summary>Only structures have encodings to choose from, and binary is the only one here.</summary>
    private static uint CheckEncoding(AddressSpace space, UaNode node, ReadValueId wanted)
    {
        var isStructure = wanted.AttributeId == AttributeIds.Value && node is UaVariable variable
            && TypeRules.BuiltInOf(space, variable.DataType) is BuiltInType.ExtensionObject or BuiltInType.Variant;
        return !isStructure ? StatusCodes.BadDataEncodingInvalid
            : wanted.DataEncoding is { NamespaceIndex: 0, Name: DefaultBinary } ? StatusCodes.Good
            : StatusCodes.BadDataEncodingUnsupported;
    }
}
