using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Names of a server's data types and other types, and which built-in type lies below each: an own enumeration is an Int32 on the wire.</summary>
internal sealed class DataTypeNames(UaSession session)
{
    /// <summary>Types of the standard are at most 5 deep below their built-in type; a longer chain is a loop.</summary>
    private const int SubtypeDepthMax = 20;

    private const uint BrowseNameAttribute = 3;
    private const uint Enumeration = 29;
    private static readonly NodeId HasSubtype = new(0, 45);

    /// <summary>Abstract types that any number may come as: Number, Integer, UInteger.</summary>
    private static readonly uint[] AbstractNumbers = [26, 27, 28];

    private readonly Dictionary<NodeId, string> _names = [];
    private readonly Dictionary<NodeId, BuiltInType> _builtIns = [];

    /// <summary>Fetches the names of nodes that are not known yet.</summary>
    public void LearnNames(IEnumerable<NodeId> nodes)
    {
        var unknown = nodes.Where(node => !node.IsNull && !_names.ContainsKey(node)).Distinct().ToArray();
        var values = session.Read(unknown, BrowseNameAttribute);
        for (var index = 0; index < unknown.Length; index++)
        {
            _names[unknown[index]] = values[index].Value.Value is QualifiedName name ? ServerWords.Plain(name.Name) : unknown[index].ToString();
        }
    }

    /// <summary>Finds what lies below data types that are not known yet, one step of all of them at a time.</summary>
    public void LearnBuiltIns(IEnumerable<NodeId> dataTypes)
    {
        var climbing = dataTypes.Distinct().Where(type => !_builtIns.ContainsKey(type)).ToDictionary(type => type, type => type);
        for (var step = 0; step < SubtypeDepthMax && climbing.Count > 0; step++)
        {
            foreach (var (type, at) in climbing.ToArray())
            {
                if (BuiltInAt(at) is { } found)
                {
                    _builtIns[type] = found;
                    climbing.Remove(type);
                }
            }

            Climb(climbing);
        }
    }

    public string NameOf(NodeId node) => _names.GetValueOrDefault(node, "");

    /// <summary>Null-like <see cref="BuiltInType.Null"/> when it is none that has a single one.</summary>
    public BuiltInType BuiltInOf(NodeId dataType) => _builtIns.GetValueOrDefault(dataType, BuiltInType.Null);

    private void Climb(Dictionary<NodeId, NodeId> climbing)
    {
        var types = climbing.Keys.ToArray();
        var results = session.Browse([.. types.Select(type => Supertype(climbing[type]))]);
        for (var index = 0; index < types.Length; index++)
        {
            if (results[index].References is [var reference, ..] && reference.NodeId.TryResolve(session.NamespaceUris, out var above))
            {
                climbing[types[index]] = above;
            }
            else
            {
                climbing.Remove(types[index]);
            }
        }
    }

    private static BuiltInType? BuiltInAt(NodeId type)
    {
        if (type.NamespaceIndex != 0 || type.IdType != NodeIdType.Numeric)
        {
            return null;
        }

        return type.Numeric switch
        {
            Enumeration => BuiltInType.Int32,
            (uint)BuiltInType.Variant => BuiltInType.Variant,
            var id when AbstractNumbers.Contains(id) => BuiltInType.Double,
            >= (uint)BuiltInType.Boolean and <= (uint)BuiltInType.DiagnosticInfo => (BuiltInType)type.Numeric,
            _ => null,
        };
    }

    private static BrowseDescription Supertype(NodeId type)
    {
        var browse = ViewServices.ChildrenOf(type);
        browse.BrowseDirection = BrowseDirection.Inverse;
        browse.ReferenceTypeId = HasSubtype;
        return browse;
    }
}
