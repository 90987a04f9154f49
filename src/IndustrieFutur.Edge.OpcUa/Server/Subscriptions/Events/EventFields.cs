using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>All fields that any event type of the server declares, by their paths: many clients ask for all of them through BaseEventType.</summary>
internal sealed class EventFields
{
    /// <summary>Deeper than any event type of the standard: ShelvingState/CurrentState/Id.</summary>
    internal const int DepthMax = 4;

    private readonly AddressSpace _space;
    private readonly Dictionary<string, UaNode> _declarations = [];

    public EventFields(AddressSpace space)
    {
        _space = space;
        NodeCount = space.Count;
        foreach (var type in space.Nodes.OfType<UaObjectType>().Where(type => type.Is(new NodeId(0, NodeIds.BaseEventType))))
        {
            AddChildren(type, "", 0);
        }
    }

    /// <summary>The size of the address space that this was made from.</summary>
    public int NodeCount { get; }

    public UaNode? Find(string key) => _declarations.GetValueOrDefault(key);

    /// <summary>Objects and variables below a node, with their paths, nearest first.</summary>
    public static IEnumerable<(string Key, UaNode Node)> ChildrenOf(AddressSpace space, UaNode parent, string path)
    {
        foreach (var reference in parent.References.ToArray())
        {
            if (reference.IsForward && reference.Target is UaVariable or UaObject
                && space.IsSubtype(reference.Type, new NodeId(0, NodeIds.Aggregates)))
            {
                var key = EventPath.KeyOf(reference.Target.BrowseName);
                yield return (path.Length == 0 ? key : path + "/" + key, reference.Target);
            }
        }
    }

    private void AddChildren(UaNode parent, string path, int depth)
    {
        foreach (var (key, node) in ChildrenOf(_space, parent, path))
        {
            _declarations.TryAdd(key, node);
            if (depth < DepthMax)
            {
                AddChildren(node, key, depth + 1);
            }
        }
    }
}
