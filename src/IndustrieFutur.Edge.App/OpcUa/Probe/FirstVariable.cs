using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Looks, from Objects downwards, for the first variable of the server's own: what is in OPC UA's own namespace describes the server.</summary>
internal static class FirstVariable
{
    /// <summary>A probe is to be over in a second; what lies deeper is for "ifedge browse".</summary>
    private const int BrowsesMax = 20;

    /// <summary>Of each node: nobody needs the ten thousandth to find the first.</summary>
    private const int ReferencesMax = 50;

    public static FoundVariable? Find(ProbeState state, CancellationToken cancellationToken)
    {
        var waiting = new Queue<(NodeId Node, string Path)>([(new NodeId(0, NodeIds.ObjectsFolder), "")]);
        var seen = new HashSet<NodeId> { new(0, NodeIds.ObjectsFolder), new(0, NodeIds.Server) };
        for (var browses = 0; browses < BrowsesMax && waiting.TryDequeue(out var at); browses++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var below = state.OpenSession.BrowseChildren(at.Node, ReferencesMax).References ?? [];
            foreach (var reference in below.Where(reference => reference.NodeId.ServerIndex == 0 && seen.Add(reference.NodeId.Node)))
            {
                var path = $"{at.Path}/{ServerWords.Plain(reference.BrowseName.Name)}";
                if (reference.NodeClass == NodeClass.Variable && reference.NodeId.Node.NamespaceIndex != 0)
                {
                    return new FoundVariable(reference.NodeId.Node, ServerWords.Id(reference.NodeId.Node, state.OpenSession.NamespaceUris), path);
                }

                if (reference.NodeClass == NodeClass.Object)
                {
                    waiting.Enqueue((reference.NodeId.Node, path));
                }
            }
        }

        return null;
    }
}
