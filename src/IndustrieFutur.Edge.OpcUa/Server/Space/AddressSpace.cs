using System.Collections.Concurrent;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>All nodes of a server and what ties them together (OPC UA Part 3, 4).</summary>
/// <remarks>
/// Any thread reads without a lock; changes take one lock and swap what a reader holds: the map of nodes is concurrent, a node's
/// references are an array that is replaced, never changed. A reader may see a reference a moment before or after its inverse.
/// </remarks>
public sealed class AddressSpace
{
    private static readonly NodeId HasSubtype = new(0, NodeIds.HasSubtype);
    private static readonly NodeId HasTypeDefinition = new(0, NodeIds.HasTypeDefinition);
    private static readonly NodeId HasModellingRule = new(0, NodeIds.HasModellingRule);

    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<NodeId, UaNode> _nodes = new();

    public AddressSpace(string applicationUri) => Namespaces = new NamespaceTable(applicationUri);

    public NamespaceTable Namespaces { get; }

    public int Count => _nodes.Count;

    /// <summary>Every node, in no order; safe while others change the space.</summary>
    public IEnumerable<UaNode> Nodes => _nodes.Select(pair => pair.Value);

    public UaNode? Find(NodeId id) => _nodes.GetValueOrDefault(id);

    /// <summary>A node that must be there and of that class.</summary>
    public T Get<T>(NodeId id)
        where T : UaNode =>
        Find(id) as T ?? throw new ArgumentException($"The address space has no {typeof(T).Name} {id}.", nameof(id));

    public void Add(UaNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!_nodes.TryAdd(node.Id, node))
        {
            throw new ArgumentException($"The address space has a node {node.Id} already: {_nodes[node.Id]}.", nameof(node));
        }
    }

    /// <summary>Adds an object or variable below a parent, with its type.</summary>
    public void Add(UaNode node, UaNode parent, NodeId referenceType, NodeId typeDefinition)
    {
        ArgumentNullException.ThrowIfNull(node);
        var type = Get<UaType>(typeDefinition);
        lock (_changing)
        {
            Add(node);
            AddReference(node, HasTypeDefinition, type);
            AddReference(parent, referenceType, node);
        }
    }

    /// <summary>
    /// Joins two nodes, both ways; nothing happens when they are joined so already. The inverse of HasTypeDefinition and HasModellingRule is
    /// not kept (Part 3, 7.13 asks for none): PropertyType alone would have thousands, and every new property would copy them.
    /// </summary>
    public void AddReference(UaNode source, NodeId type, UaNode target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        lock (_changing)
        {
            Join(source, new UaReference(type, true, target));
            if (HasInverse(type))
            {
                Join(target, new UaReference(type, false, source));
            }

            if (type == HasSubtype && target is UaType subtype)
            {
                subtype.Supertype = source as UaType;
            }
        }
    }

    /// <summary>Whether a type is that one or below it: types of references, data, objects and variables alike.</summary>
    public bool IsSubtype(NodeId type, NodeId of) => type == of || (Find(type) as UaType)?.Is(of) == true;

    /// <summary>
    /// One step of a browse path (OPC UA Part 4, 5.8.4): the targets by such a reference with that BrowseName. A null reference type
    /// means any, a null name any target.
    /// </summary>
    public List<UaNode> Step(UaNode from, NodeId referenceType, bool isInverse, bool includeSubtypes, QualifiedName name)
    {
        ArgumentNullException.ThrowIfNull(from);
        var targets = new List<UaNode>();
        foreach (var reference in from.References)
        {
            if (reference.IsForward != isInverse && (name.IsNull || reference.Target.BrowseName == name)
                && IsWanted(reference.Type, referenceType, includeSubtypes) && !targets.Contains(reference.Target))
            {
                targets.Add(reference.Target);
            }
        }

        return targets;
    }

    /// <summary>Whether a reference is one that a Browse or a path element asks for; a null wanted type means any.</summary>
    public bool IsWanted(NodeId referenceType, NodeId wanted, bool includeSubtypes) =>
        wanted.IsNull || referenceType == wanted || (includeSubtypes && IsSubtype(referenceType, wanted));

    /// <summary>The node at the end of a path of names along forward hierarchical references, or null.</summary>
    public UaNode? FindPath(UaNode from, params ReadOnlySpan<QualifiedName> names)
    {
        var node = from;
        foreach (var name in names)
        {
            var found = Step(node, new NodeId(0, NodeIds.HierarchicalReferences), false, true, name);
            if (found.Count == 0)
            {
                return null;
            }

            node = found[0];
        }

        return node;
    }

    /// <summary>An attribute as the Read service answers it; BadNodeIdUnknown for a node that is not here.</summary>
    public DataValue AttributeOf(NodeId id, uint attributeId) => Find(id)?.Attribute(attributeId) ?? UaNode.Refusal(StatusCodes.BadNodeIdUnknown);

    /// <summary>
    /// The method that a Call means (OPC UA Part 4, 5.11.2): a component of the object, named by its own id or by that of its declaration on
    /// the object's type; null when there is none.
    /// </summary>
    public UaMethod? FindMethod(UaNode target, NodeId methodId)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (Find(methodId) is not UaMethod wanted)
        {
            return null;
        }

        var own = Step(target, new NodeId(0, NodeIds.HasComponent), false, true, wanted.BrowseName).OfType<UaMethod>().ToList();
        if (own.Contains(wanted))
        {
            return wanted;
        }

        for (var type = target.TypeDefinition as UaType; type is not null; type = type.Supertype)
        {
            if (Step(type, new NodeId(0, NodeIds.HasComponent), false, true, wanted.BrowseName).Contains(wanted))
            {
                return own.FirstOrDefault();
            }
        }

        return null;
    }

    /// <summary>
    /// Adds an instance of an object or variable type below a parent: all mandatory members of the type, its supertypes and interfaces, and
    /// the optional ones that the options name. Placeholders are left to the caller. Ids are texts made of the path.
    /// </summary>
    public UaNode Instantiate(NodeId type, UaNode parent, NodeId referenceType, QualifiedName browseName, InstanceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parent);
        lock (_changing)
        {
            return new InstanceBuilder(this, options ?? new InstanceOptions()).Build(Get<UaType>(type), parent, referenceType, browseName);
        }
    }

    /// <summary>Takes an instance away with everything below it that hangs on nothing else, and all their references.</summary>
    public void Remove(UaNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        lock (_changing)
        {
            var doomed = Subtree(root);
            foreach (var node in doomed)
            {
                _nodes.TryRemove(node.Id, out _);
                Part(node, doomed);
                node.SetReferences([]);
            }
        }
    }

    /// <summary>Changes of several steps that no other change may come between.</summary>
    internal void Change(Action change)
    {
        lock (_changing)
        {
            change();
        }
    }

    internal static bool HasInverse(NodeId referenceType) => referenceType != HasTypeDefinition && referenceType != HasModellingRule;

    private static void Join(UaNode node, UaReference reference)
    {
        if (!node.References.Contains(reference))
        {
            node.SetReferences([.. node.References, reference]);
        }
    }

    /// <summary>Those that stay forget a node that goes.</summary>
    private static void Part(UaNode node, HashSet<UaNode> doomed)
    {
        foreach (var reference in node.References)
        {
            if (!doomed.Contains(reference.Target))
            {
                reference.Target.SetReferences([.. reference.Target.References.Where(other => other.Target != node)]);
            }
        }
    }

    private HashSet<UaNode> Subtree(UaNode root)
    {
        var found = new HashSet<UaNode> { root };
        var open = new Queue<UaNode>(found);
        while (open.TryDequeue(out var node))
        {
            foreach (var reference in node.References)
            {
                if (IsChild(reference) && Parents(reference.Target).All(found.Contains) && found.Add(reference.Target))
                {
                    open.Enqueue(reference.Target);
                }
            }
        }

        return found;
    }

    private bool IsChild(UaReference reference) =>
        reference.IsForward && reference.Type != HasSubtype && IsSubtype(reference.Type, new NodeId(0, NodeIds.HierarchicalReferences));

    private List<UaNode> Parents(UaNode node) => Step(node, new NodeId(0, NodeIds.HierarchicalReferences), true, true, default);
}
