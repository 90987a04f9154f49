using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>Write (OPC UA Part 4, 5.11.4): of values only, of the right type, where the node allows it.</summary>
internal static class WriteService
{
    private const DataValueFields Times = DataValueFields.SourceTimestamp | DataValueFields.ServerTimestamp
        | DataValueFields.SourcePicoseconds | DataValueFields.ServerPicoseconds;

    public static WriteResponse Answer(WriteRequest request, SessionContext session) => new()
    {
        Results = Operations.Each(request.NodesToWrite, session.Limits.NodesPerWriteMax, value => Write(value, session)),
    };

    private static uint Write(WriteValue wanted, SessionContext session)
    {
        session.Counters.CountWrite();
        var node = session.Space.Find(wanted.NodeId);
        if (node is null)
        {
            return StatusCodes.BadNodeIdUnknown;
        }

        if (wanted.AttributeId != AttributeIds.Value || node is not UaVariable variable)
        {
            return node.Attribute(wanted.AttributeId).Status == StatusCodes.BadAttributeIdInvalid ? StatusCodes.BadAttributeIdInvalid : StatusCodes.BadNotWritable;
        }

        var right = CheckRight(variable, wanted.Value.Fields);
        return right != StatusCodes.Good ? right : Write(wanted, variable, session);
    }

    private static uint CheckRight(UaVariable variable, DataValueFields fields)
    {
        if ((variable.AccessLevel & AccessLevels.CurrentWrite) == 0)
        {
            return StatusCodes.BadNotWritable;
        }

        var hasStatus = (fields & DataValueFields.Status) != 0 && (variable.AccessLevel & AccessLevels.StatusWrite) == 0;
        var hasTimes = (fields & Times) != 0 && (variable.AccessLevel & AccessLevels.TimestampWrite) == 0;
        return hasStatus || hasTimes ? StatusCodes.BadWriteNotSupported : StatusCodes.Good;
    }

    private static uint Write(WriteValue wanted, UaVariable variable, SessionContext session)
    {
        if (!IndexRange.TryParse(wanted.IndexRange, out var range))
        {
            return StatusCodes.BadIndexRangeInvalid;
        }

        var value = wanted.Value.Value;
        if (range is not null)
        {
            var status = range.TryWrite(variable.Value.Value, value, out value);
            if (status != StatusCodes.Good)
            {
                return status;
            }
        }

        return TypeRules.Accepts(session.Space, variable.DataType, variable.ValueRank, value)
            ? Set(variable, Complete(wanted.Value, value, session), session)
            : StatusCodes.BadTypeMismatch;
    }

    /// <summary>A value that comes without a time is of now.</summary>
    private static DataValue Complete(DataValue written, Variant value, SessionContext session) => new(value)
    {
        Status = written.Status,
        SourceTimestamp = written.SourceTimestamp != 0 ? written.SourceTimestamp : UaTime.NowUtc(session.Clock),
        SourcePicoseconds = written.SourcePicoseconds,
        Fields = DataValueFields.Value | DataValueFields.Status | DataValueFields.SourceTimestamp,
    };

    private static uint Set(UaVariable variable, DataValue value, SessionContext session)
    {
        if (variable.WriteHandler is { } write)
        {
            return write(new WriteCall(variable, value, session.Caller));
        }

        variable.Set(value);
        return StatusCodes.Good;
    }
}
