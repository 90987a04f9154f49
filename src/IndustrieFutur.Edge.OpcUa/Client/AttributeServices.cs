using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Read, write and call (OPC UA Part 4, 5.11 and 5.12), in batches that the server takes.</summary>
public static class AttributeServices
{
    /// <summary>One result for each, in their order; a node that the server does not answer for has a bad status.</summary>
    public static DataValue[] Read(
        this UaSession session, IReadOnlyList<ReadValueId> nodes, TimestampsToReturn timestamps = TimestampsToReturn.Both, double maxAgeMillis = 0)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(nodes);
        return session.Batches.Run(
            nodes,
            session.Sizes.Read,
            session.Batches.BytesOf,
            batch => session.Invoke(new ReadRequest { NodesToRead = batch, TimestampsToReturn = timestamps, MaxAge = maxAgeMillis }).Results,
            BadValue);
    }

    /// <summary>The values of nodes, or another attribute of theirs.</summary>
    public static DataValue[] Read(this UaSession session, IReadOnlyList<NodeId> nodes, uint attribute = AttributeIds.Value) =>
        session.Read([.. nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = attribute })]);

    /// <summary>
    /// Writes each value once and never again: of what failed on the way nobody knows whether it was done (BadTimeout), what comes after
    /// a lost link was not sent (BadNotConnected). Throws nothing but a stop.
    /// </summary>
    public static uint[] Write(this UaSession session, IReadOnlyList<WriteValue> values)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(values);
        return session.Batches.RunOnce(
            values,
            session.Sizes.Write,
            session.Batches.BytesOf,
            batch => session.Invoke(new WriteRequest { NodesToWrite = batch }).Results,
            status => status);
    }

    /// <summary>Calls each method once and never again; the statuses are as those of <see cref="Write"/>.</summary>
    public static CallMethodResult[] Call(this UaSession session, IReadOnlyList<CallMethodRequest> methods, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(methods);
        return session.Batches.RunOnce(
            methods,
            session.Sizes.Call,
            session.Batches.BytesOf,
            batch => session.Invoke(new CallRequest { MethodsToCall = batch }, timeout).Results,
            status => new CallMethodResult { StatusCode = status });
    }

    /// <summary>Asks the server to give up a request that it has not answered yet; returns how many it gave up.</summary>
    public static uint Cancel(this UaSession session, uint requestHandle)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Invoke(new CancelRequest { RequestHandle = requestHandle }).CancelCount;
    }

    private static DataValue BadValue(uint status) => new() { Fields = DataValueFields.Status, Status = status };
}
