using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Follows a browse through its continuation points (OPC UA Part 4, 5.9.3) and leaves none behind.</summary>
internal sealed class BrowseWalk(UaSession session, int referencesPerNodeMax)
{
    /// <summary>A server that says so often in a row that there is more, and sends nothing, is not believed any longer.</summary>
    private const int EmptyAnswersMax = 3;

    public BrowseResult[] Browse(BrowseDescription[] nodes)
    {
        var results = session.Invoke(new BrowseRequest { NodesToBrowse = nodes }).Results ?? [];
        try
        {
            foreach (var result in results)
            {
                Follow(result);
            }
        }
        catch (UaException) when (session.IsConnected)
        {
            Release(results);
            throw;
        }

        return results;
    }

    /// <summary>A server with few continuation points refuses the nodes for which it had none left: one at a time they find one.</summary>
    public void BrowseAloneWhatWasRefused(IReadOnlyList<BrowseDescription> nodes, BrowseResult[] results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].StatusCode == StatusCodes.BadNoContinuationPoints && Browse([nodes[i]]) is [var alone, ..])
            {
                results[i] = alone;
            }
        }
    }

    private void Follow(BrowseResult result)
    {
        if (result.ContinuationPoint is not { Length: > 0 })
        {
            return;
        }

        var references = new List<ReferenceDescription>(result.References ?? []);
        var empty = 0;
        while (result.ContinuationPoint is { Length: > 0 } point)
        {
            if (references.Count >= referencesPerNodeMax || empty >= EmptyAnswersMax)
            {
                Release([result]);
                result.StatusCode = StatusCodes.GoodMoreData;
                break;
            }

            var next = Next(point);
            empty = next.References is { Length: > 0 } ? 0 : empty + 1;
            references.AddRange(next.References ?? []);
            result.ContinuationPoint = next.ContinuationPoint;
            result.StatusCode = next.StatusCode;
        }

        result.References = [.. references];
    }

    private BrowseResult Next(byte[] point) =>
        session.Invoke(new BrowseNextRequest { ContinuationPoints = [point] }).Results is [var next, ..]
            ? next
            : new BrowseResult { StatusCode = StatusCodes.BadUnknownResponse };

    private void Release(BrowseResult[] results)
    {
        var points = results.Select(result => result.ContinuationPoint).Where(point => point is { Length: > 0 }).ToArray();
        if (points.Length == 0)
        {
            return;
        }

        try
        {
            session.Invoke(new BrowseNextRequest { ReleaseContinuationPoints = true, ContinuationPoints = points });
        }
        catch (UaException)
        {
            // They end with the session at the latest.
        }

        foreach (var result in results)
        {
            result.ContinuationPoint = null;
        }
    }
}
