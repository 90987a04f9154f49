using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Reads types, values and units of the nodes that a walk found, in few requests, and makes of them what a person reads.</summary>
internal sealed class NodeReader(UaSession session)
{
    private const uint ValueAttribute = 13;
    private const uint DataTypeAttribute = 14;
    private const uint ValueRankAttribute = 15;
    private const string UnitProperty = "EngineeringUnits";
    private static readonly NodeId HasProperty = new(0, 46);

    private readonly DataTypeNames _types = new(session);
    private StructureDictionary _structures = new();

    /// <param name="nodes">What the walk found.</param>
    /// <param name="withPropertyParts">Also takes the values of properties apart, which describe and do not change.</param>
    public IReadOnlyList<BrowsedNode> Describe(IReadOnlyList<FoundNode> nodes, bool withPropertyParts)
    {
        var variables = nodes.Where(node => node.IsVariable).ToArray();
        NodeId[] ids = [.. variables.Select(variable => variable.Id)];
        var values = Index(variables, session.Read(ids, ValueAttribute));
        var dataTypes = Index(variables, session.Read(ids, DataTypeAttribute));
        var ranks = Index(variables, session.Read(ids, ValueRankAttribute));
        var units = Units(variables);
        NodeId[] types = [.. dataTypes.Values.Select(TypeIn).Distinct()];
        _types.LearnBuiltIns(types);
        _structures = session.ReadStructures(types.Where(type => _types.BuiltInOf(type) == BuiltInType.ExtensionObject));
        _types.LearnNames(nodes.Select(TypeDefinition).Concat(types));
        return
        [
            .. nodes.Select(node => node.IsVariable
                ? Variable(node, values[node], TypeIn(dataTypes[node]), IsArray(values[node], ranks[node]), withPropertyParts) with { Unit = units.GetValueOrDefault(node, "") }
                : Plain(node)),
        ];
    }

    private static Dictionary<FoundNode, DataValue> Index(FoundNode[] variables, DataValue[] values) =>
        variables.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);

    private BrowsedNode Plain(FoundNode node) => new()
    {
        Depth = node.Depth,
        Path = node.Path,
        Name = node.Name,
        NodeClass = node.Reference.NodeClass.ToString(),
        Id = IdOf(node.Id),
        TypeDefinition = _types.NameOf(TypeDefinition(node)),
        IsProperty = node.Reference.ReferenceTypeId == HasProperty,
        DisplayName = ServerWords.Plain(node.Reference.DisplayName.Text),
        IsSeenBefore = node.IsSeenBefore,
    };

    private BrowsedNode Variable(FoundNode node, DataValue value, NodeId dataType, bool isArray, bool withPropertyParts)
    {
        var (plain, opened) = (Plain(node), new OpenedValue(value.Value, _structures));
        var isApart = withPropertyParts || !plain.IsProperty;
        return plain with
        {
            DataType = _types.NameOf(dataType) + (isArray ? "[]" : ""),
            SignalType = isArray ? null : SignalTypes.Of(_types.BuiltInOf(dataType)),
            Value = ServerWords.Plain(opened.Text),
            Json = opened.ToJson(),
            Parts = isApart ? opened.Parts : [],
            PartsCut = isApart ? opened.Cut : "",
            Closed = Closed(value.Value, isArray || _types.BuiltInOf(dataType) == BuiltInType.ExtensionObject),
            Status = value.Status,
        };
    }

    private static string Closed(Variant value, bool hasParts) =>
        !hasParts ? ""
        : OpenedValue.IsNothing(value.Value) ? " without a value now"
        : value.Value is Array { Length: 0 } ? " that is empty now"
        : value.Type == BuiltInType.ExtensionObject ? " whose fields the server does not tell"
        : "";

    /// <summary>The unit is a property of the variable, which a person may not have chosen (OPC UA Part 8, 5.6.3).</summary>
    private Dictionary<FoundNode, string> Units(FoundNode[] variables)
    {
        var properties = variables
            .Select(variable => (Variable: variable, Property: variable.Children.Find(child => child.IsVariable && child.Reference.BrowseName.Name == UnitProperty)))
            .Where(pair => pair.Property is not null)
            .ToArray();
        var values = session.Read([.. properties.Select(pair => pair.Property!.Id)], ValueAttribute);
        return properties.Zip(values).ToDictionary(pair => pair.First.Variable, pair => UnitIn(pair.Second));
    }

    private static string UnitIn(DataValue value) =>
        value.Value.Value is ExtensionObject extension && extension.TryDecode<EUInformation>(out var unit) ? ServerWords.Plain(unit.DisplayName.Text) : "";

    private NodeId TypeDefinition(FoundNode node) =>
        node.Reference.TypeDefinition.TryResolve(session.NamespaceUris, out var type) ? type : NodeId.Null;

    private string IdOf(NodeId id) =>
        id.NamespaceIndex == 0 || id.NamespaceIndex >= session.NamespaceUris.Count
            ? id.ToString()
            : new ExpandedNodeId(id, session.NamespaceUris[id.NamespaceIndex]).ToString();

    private static NodeId TypeIn(DataValue value) => value.Value.Value is NodeId type ? type : NodeId.Null;

    /// <summary>The value says it; without one the rank does: -1 is a scalar, -2 any, everything else may be an array (OPC UA Part 3, 5.6.2).</summary>
    private static bool IsArray(DataValue value, DataValue rank) => value.Value.IsNull ? rank.Value.Value is int and not (-1 or -2) : value.Value.IsArray;
}
