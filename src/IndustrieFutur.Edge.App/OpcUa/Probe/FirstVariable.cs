using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Looks, from Objects downwards, for the first variable that is not the server's description of itself.</summary>
internal static class FirstVariable
{
    /// <summary>A probe is to be over in a second; what lies deeper is for "ifedge browse".</summary>
    private const int BrowsesMax = 20;

    /// <summary>Of each node: nobody needs the ten thousandth to find the first.</summary>
    private const uint ReferencesMax = 50;

    public static FoundVariable? Find(ProbeState state, CancellationToken cancellationToken)
    {
        var waiting = new Queue<(NodeId Node, string Path)>([(new NodeId(0, NodeIds.ObjectsFolder), "")]);
        var seen = new HashSet<NodeId> { new(0, NodeIds.ObjectsFolder), new(0, NodeIds.Server) };
        for (var browses = 0; browses < BrowsesMax && waiting.TryDequeue(out var at); browses++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var reference in Below(state, at.Node).Where(reference => reference.NodeId.ServerIndex == 0 && seen.Add(reference.NodeId.Node)))
            {
                var path = $"{at.Path}/{ServerWords.Plain(reference.BrowseName.Name)}";
                if (reference.NodeClass == NodeClass.Variable)
                {
                    return new FoundVariable(reference.NodeId.Node, ServerWords.Id(reference.NodeId.Node, state.OpenSession.NamespaceUris), path);
                }

                waiting.Enqueue((reference.NodeId.Node, path));
            }
        }

        return null;
    }

    private static ReferenceDescription[] Below(ProbeState state, NodeId node)
    {
        var request = new BrowseRequest
        {
            RequestedMaxReferencesPerNode = ReferencesMax,
            NodesToBrowse =
            [
                new BrowseDescription
                {
                    NodeId = node, BrowseDirection = BrowseDirection.Forward, ReferenceTypeId = new NodeId(0, NodeIds.HierarchicalReferences), IncludeSubtypes = true,
                    NodeClassMask = (uint)(NodeClass.Object | NodeClass.Variable), ResultMask = (uint)BrowseResultMask.All,
                },
            ],
        };
        var results = state.OpenSession.Invoke(request, state.Request.Timeout).Results;
        if (results is not [{ } result, ..])
        {
            return [];
        }

        Release(state, result.ContinuationPoint);
        return result.References ?? [];
    }

    /// <summary>A small server has one continuation point for everybody.</summary>
    private static void Release(ProbeState state, byte[]? continuationPoint)
    {
        if (continuationPoint is { Length: > 0 })
        {
            state.OpenSession.Invoke(new BrowseNextRequest { ReleaseContinuationPoints = true, ContinuationPoints = [continuationPoint] }, state.Request.Timeout);
        }
    }
}
