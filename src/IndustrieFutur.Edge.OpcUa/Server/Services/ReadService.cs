using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>Read (OPC UA Part 4, 5.11.2). Values are as fresh as they can be, whatever age was allowed.</summary>
internal static class ReadService
{
    public static ReadResponse Answer(ReadRequest request, SessionContext session)
    {
        Operations.Check(request.NodesToRead, session.Limits.NodesPerReadMax);
        if (!(request.MaxAge >= 0))
        {
            throw new UaException(StatusCodes.BadMaxAgeInvalid, "A client asks for values of a negative age; the request is refused.");
        }

        CheckTimestamps(request.TimestampsToReturn);
        var nowUtc = UaTime.NowUtc(session.Clock);
        return new ReadResponse
        {
            Results = Array.ConvertAll(request.NodesToRead!, node => AttributeReader.Read(session.Space, node, request.TimestampsToReturn, nowUtc)),
        };
    }

    public static void CheckTimestamps(TimestampsToReturn timestamps)
    {
        if (timestamps is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
        {
            throw new UaException(StatusCodes.BadTimestampsToReturnInvalid, "A client asks for timestamps that there are not; the request is refused.");
        }
    }
}
