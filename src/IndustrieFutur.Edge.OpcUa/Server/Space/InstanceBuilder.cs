using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>
/// Makes one instance of a type: a node for each mandatory instance declaration of the type, of its supertypes and of their interfaces, and
/// for each optional one that is wanted; one that a subtype declares anew counts once (OPC UA Part 3, 6.3 and 6.4).
/// </summary>
/// <remarks>Methods are copied, so that each instance has a handler of its own. Nothing is added to the space before all of it is made.</remarks>
internal sealed class InstanceBuilder(AddressSpace space, InstanceOptions options)
{
    /// <summary>Deeper than any model; a type whose mandatory member is of that type itself has no end.</summary>
    private const int DepthMax = 32;

    private static readonly NodeId HasSubtype = new(0, NodeIds.HasSubtype);
    private static readonly NodeId HasTypeDefinition = new(0, NodeIds.HasTypeDefinition);
    private static readonly NodeId HasInterface = new(0, NodeIds.HasInterface);
    private static readonly NodeId Hierarchical = new(0, NodeIds.HierarchicalReferences);

    private readonly List<UaNode> _made = [];
    private readonly HashSet<NodeId> _ids = [];
    private readonly List<Dictionary<UaNode, UaNode>> _scopes = [];
    private readonly HashSet<string> _met = [];

    public UaNode Build(UaType type, UaNode parent, NodeId referenceType, QualifiedName browseName)
    {
        Require(!type.IsAbstract, $"{type} is abstract: name one of its subtypes.");
        var id = options.Id ?? Below(parent.Id, browseName);
        var root = Make(type, Claim(id, browseName), browseName);
        Join(root, type);
        AddMembers(root, [.. Sources(type)], "", 0);
        var unmet = options.Optional.FirstOrDefault(path => !_met.Contains(path));
        Require(unmet is null, $"{type} has no member {unmet}.");
        AddLinks();
        _made.ForEach(space.Add);
        space.AddReference(parent, referenceType, root);
        return root;
    }

    private static void Require(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new ArgumentException(message);
        }
    }

    private void AddMembers(UaNode owner, List<Declaration> sources, string path, int depth)
    {
        Require(depth < DepthMax, $"{owner} is more than {DepthMax} levels deep: a type seems to hold itself.");
        foreach (var source in sources)
        {
            source.Made[source.Node] = owner;
        }

        foreach (var group in sources.SelectMany(Members).GroupBy(member => member.Node.BrowseName))
        {
            var members = group.ToList();
            var memberPath = path + group.Key.Name;
            if (IsWanted(owner, members, memberPath))
            {
                AddMember(owner, members, memberPath, depth);
            }
        }
    }

    private void AddMember(UaNode owner, List<Declaration> members, string path, int depth)
    {
        var first = members[0];
        var isNew = !first.Made.TryGetValue(first.Node, out var node);
        node ??= Make(first.Node, Claim(Below(owner.Id, first.Node.BrowseName), first.Node.BrowseName), first.Node.BrowseName);
        foreach (var member in members.Where(member => member.Node == first.Node))
        {
            space.AddReference(owner, member.ReferenceType, node);
        }

        if (!isNew)
        {
            return;
        }

        var sources = new List<Declaration>(members);
        if (first.Node.TypeDefinition is UaType type)
        {
            Join(node, type);
            sources.AddRange(Sources(type));
        }

        sources.AddRange(members.SelectMany(member => Interfaces(member.Node)));
        AddMembers(node, sources, path + "/", depth + 1);
    }

    /// <summary>The objects, variables and methods that a declaration has below it.</summary>
    private IEnumerable<Declaration> Members(Declaration owner)
    {
        foreach (var reference in owner.Node.References)
        {
            if (reference.IsForward && reference.Target is UaObject or UaVariable or UaMethod
                && reference.Type != HasSubtype && space.IsSubtype(reference.Type, Hierarchical))
            {
                yield return new Declaration(reference.Target, owner.Made, reference.Type);
            }
        }
    }

    private bool IsWanted(UaNode owner, List<Declaration> members, string path)
    {
        var rule = members.Select(member => member.Node.ModellingRule).FirstOrDefault(found => found is not null);
        var isAsked = options.Optional.Contains(path);
        if (isAsked)
        {
            _met.Add(path);
        }

        // The arguments belong to a method whether or not its declaration gives them a rule.
        return rule?.Id.Numeric switch
        {
            NodeIds.ModellingRuleMandatory => true,
            NodeIds.ModellingRuleOptional => isAsked || options.Optional.Any(wanted => wanted.StartsWith(path + "/", StringComparison.Ordinal)),
            null => owner is UaMethod && members[0].Node is UaVariable,
            _ => false,
        };
    }

    private IEnumerable<Declaration> Sources(UaType type)
    {
        var made = new Dictionary<UaNode, UaNode>();
        _scopes.Add(made);
        for (var level = type; level is not null; level = level.Supertype)
        {
            yield return new Declaration(level, made);
            foreach (var member in Interfaces(level))
            {
                yield return member;
            }
        }
    }

    private IEnumerable<Declaration> Interfaces(UaNode node)
    {
        foreach (var reference in node.References)
        {
            if (reference.IsForward && reference.Type == HasInterface && reference.Target is UaType type)
            {
                foreach (var member in Sources(type))
                {
                    yield return member;
                }
            }
        }
    }

    private UaNode Make(UaNode declaration, NodeId id, QualifiedName name)
    {
        var node = Copy(declaration, id, name);
        _made.Add(node);
        return node;
    }

    private static UaNode Copy(UaNode from, NodeId id, QualifiedName name) => from switch
    {
        UaObjectType => new UaObject(id, name),
        UaObject of => new UaObject(id, name) { DisplayName = of.DisplayName, Description = of.Description, EventNotifier = of.EventNotifier },
        UaMethod of => new UaMethod(id, name) { DisplayName = of.DisplayName, Description = of.Description, Handler = of.Handler },
        UaVariableType of => new UaVariable(id, name) { DataType = of.DataType, ValueRank = of.ValueRank, ArrayDimensions = of.ArrayDimensions },
        UaVariable of => new UaVariable(id, name)
        {
            DisplayName = of.DisplayName,
            Description = of.Description,
            DataType = of.DataType,
            ValueRank = of.ValueRank,
            ArrayDimensions = of.ArrayDimensions,
            AccessLevel = of.AccessLevel,
            MinimumSamplingInterval = of.MinimumSamplingInterval,
            Initial = of.Initial,
        },
        _ => throw new ArgumentException($"{from} is no type of objects or variables."),
    };

    private void Join(UaNode node, UaType type) => space.AddReference(node, HasTypeDefinition, type);

    private string Below(NodeId parent, QualifiedName name) =>
        parent.NamespaceIndex == options.NamespaceIndex && parent.Text is { } text ? $"{text}/{name.Name}" : name.Name ?? "";

    /// <summary>The id of that text; where two members have one name in two namespaces, the second carries the index of its own.</summary>
    private NodeId Claim(string text, QualifiedName name)
    {
        var id = new NodeId(options.NamespaceIndex, text);
        if (!_ids.Contains(id) && space.Find(id) is null)
        {
            _ids.Add(id);
            return id;
        }

        var end = text.Length - (name.Name?.Length ?? 0);
        id = new NodeId(options.NamespaceIndex, $"{text[..end]}{name.NamespaceIndex}:{name.Name}");
        Require(_made.Count > 0 && space.Find(id) is null && _ids.Add(id), $"The address space has a node {text} already.");
        return id;
    }

    /// <summary>References across the tree between two declarations of one type hold between what was made of them.</summary>
    private void AddLinks()
    {
        foreach (var made in _scopes)
        {
            foreach (var (declaration, node) in made)
            {
                foreach (var reference in declaration.References)
                {
                    if (reference.IsForward && made.TryGetValue(reference.Target, out var target) && target != node && !space.IsSubtype(reference.Type, Hierarchical))
                    {
                        space.AddReference(node, reference.Type, target);
                    }
                }
            }
        }
    }
}
