using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Reads raw history in pieces, until it is whole or enough (OPC UA Part 11, 6.4.3).</summary>
public static class HistoryServices
{
    /// <summary>A day of a signal sampled ten times a second; whoever wants more asks for it in spans.</summary>
    public const int ValuesPerNodeMaxDefault = 1_000_000;

    /// <summary>A server that says so often in a row that there is more, and sends nothing, is not believed any longer.</summary>
    private const int EmptyAnswersMax = 3;

    /// <summary>
    /// The recorded values of each node between two times (raw). A start later than the end reads backwards. Continuation points are used
    /// up or given back.
    /// </summary>
    public static NodeHistory[] HistoryReadRaw(
        this UaSession session,
        IReadOnlyList<NodeId> nodes,
        long startTime,
        long endTime,
        uint valuesPerAnswer = 0,
        bool returnBounds = false,
        int valuesPerNodeMax = ValuesPerNodeMaxDefault)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(nodes);
        var details = ExtensionObject.Of(new ReadRawModifiedDetails
        {
            StartTime = startTime,
            EndTime = endTime,
            NumValuesPerNode = valuesPerAnswer,
            ReturnBounds = returnBounds,
        });

        // Node by node after the first answers: a server may have one continuation point only, and an answer of one node may be a message full.
        var first = session.Batches.Run(
            [.. nodes.Select(node => new HistoryReadValueId { NodeId = node })],
            session.Sizes.HistoryRead,
            session.Batches.BytesOf,
            batch => Ask(session, details, batch),
            status => new HistoryReadResult { StatusCode = status });
        return Complete(session, details, nodes, first, valuesPerNodeMax);
    }

    private static NodeHistory[] Complete(
        UaSession session, ExtensionObject details, IReadOnlyList<NodeId> nodes, HistoryReadResult[] results, int valuesPerNodeMax)
    {
        var histories = new NodeHistory[nodes.Count];
        var done = 0;
        try
        {
            for (; done < histories.Length; done++)
            {
                histories[done] = Follow(session, details, nodes[done], results[done], valuesPerNodeMax);
            }

            return histories;
        }
        catch (UaException) when (session.IsConnected)
        {
            for (var rest = done; rest < histories.Length; rest++)
            {
                Release(session, details, nodes[rest], results[rest].ContinuationPoint);
            }

            throw;
        }
    }

    private static NodeHistory Follow(UaSession session, ExtensionObject details, NodeId node, HistoryReadResult result, int valuesMax)
    {
        // The one request that a server without a free continuation point refused is asked again, alone.
        if (result.StatusCode == StatusCodes.BadNoContinuationPoints)
        {
            result = AskOne(session, details, new HistoryReadValueId { NodeId = node });
        }

        var values = new List<DataValue>();
        var empty = 0;
        while (true)
        {
            var before = values.Count;
            Add(values, result);
            empty = values.Count > before ? 0 : empty + 1;
            if (result.ContinuationPoint is not { Length: > 0 } point)
            {
                return new NodeHistory(result.StatusCode, values, IsComplete: true);
            }

            if (values.Count >= valuesMax || empty >= EmptyAnswersMax || PublishHead.IsBad(result.StatusCode))
            {
                Release(session, details, node, point);
                return new NodeHistory(result.StatusCode, values, IsComplete: false);
            }

            result = AskOne(session, details, new HistoryReadValueId { NodeId = node, ContinuationPoint = point });
        }
    }

    private static void Add(List<DataValue> values, HistoryReadResult result)
    {
        if (result.HistoryData is { } data && data.TryDecode<HistoryData>(out var history))
        {
            values.AddRange(history!.DataValues ?? []);
        }
    }

    private static HistoryReadResult AskOne(UaSession session, ExtensionObject details, HistoryReadValueId node) =>
        Ask(session, details, [node]) is [var result, ..] ? result : new HistoryReadResult { StatusCode = StatusCodes.BadUnknownResponse };

    private static HistoryReadResult[]? Ask(UaSession session, ExtensionObject details, HistoryReadValueId[] nodes) =>
        session.Invoke(new HistoryReadRequest
        {
            HistoryReadDetails = details,
            TimestampsToReturn = TimestampsToReturn.Both,
            NodesToRead = nodes,
        }).Results;

    /// <summary>A continuation point left behind would be missing for the next one who asks.</summary>
    private static void Release(UaSession session, ExtensionObject details, NodeId node, byte[]? point)
    {
        if (point is not { Length: > 0 })
        {
            return;
        }

        try
        {
            session.Invoke(new HistoryReadRequest
            {
                HistoryReadDetails = details,
                TimestampsToReturn = TimestampsToReturn.Both,
                ReleaseContinuationPoints = true,
                NodesToRead = [new HistoryReadValueId { NodeId = node, ContinuationPoint = point }],
            });
        }
        catch (UaException)
        {
            // It ends with the session at the latest.
        }
    }
}
