using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Asks a server what its data types are made of (attribute DataTypeDefinition, OPC UA Part 3, 5.8.3). What it does not tell stays
/// unknown: such a value keeps its bytes.
/// </summary>
public static class StructureTypes
{
    /// <summary>A structure within a structure, and so on: nobody nests deeper, and a server must not keep us asking.</summary>
    private const int RoundsMax = 32;

    /// <summary>Steps from a data type up to the built-in type it derives from.</summary>
    private const int SupertypesMax = 16;

    /// <summary>These data types and all that they contain.</summary>
    public static StructureDictionary ReadStructures(this UaSession session, IEnumerable<NodeId> dataTypes)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(dataTypes);
        var types = new StructureDictionary();
        var asked = new HashSet<NodeId>();
        var wanted = Unknown(dataTypes, types, asked);
        for (var round = 0; round < RoundsMax && wanted.Length > 0; round++)
        {
            var definitions = session.Read(wanted, AttributeIds.DataTypeDefinition);
            var contained = new List<NodeId>();
            var simple = new List<NodeId>();
            for (var i = 0; i < wanted.Length; i++)
            {
                Take(types, wanted[i], definitions[i], contained, simple);
            }

            AddSimple(session, types, simple);
            wanted = Unknown(contained, types, asked);
        }

        return types;
    }

    /// <summary>Each is asked for once.</summary>
    private static NodeId[] Unknown(IEnumerable<NodeId> dataTypes, StructureDictionary types, HashSet<NodeId> asked) =>
        [.. dataTypes.Where(type => !type.IsNull && !types.Knows(type) && asked.Count < StructureDictionary.TypesMax && asked.Add(type))];

    private static void Take(StructureDictionary types, NodeId dataType, DataValue value, List<NodeId> contained, List<NodeId> simple)
    {
        if (value.Value.Value is not ExtensionObject definition)
        {
            simple.Add(dataType);
        }
        else if (definition.TryDecode<StructureDefinition>(out var structure) && structure is not null)
        {
            types.Add(dataType, structure);
            contained.AddRange((structure.Fields ?? []).Select(field => field.DataType));
        }
        else if (definition.TypeId == new NodeId(0, EnumDefinition.Id))
        {
            types.AddEnumeration(dataType);
            simple.Add(dataType);
        }
    }

    /// <summary>
    /// A type without a definition of its own is encoded as the built-in type it derives from; one with the definition of an enumeration
    /// too, for a set of options has that as well and is a number without sign, of 8 to 64 bits (OPC UA Part 3, 8.40).
    /// </summary>
    private static void AddSimple(UaSession session, StructureDictionary types, List<NodeId> dataTypes)
    {
        var ups = dataTypes.ToDictionary(type => type, type => type);
        for (var step = 0; step < SupertypesMax && ups.Count > 0; step++)
        {
            var open = ups.ToArray();
            var supertypes = session.Browse([.. open.Select(pair => SupertypeOf(pair.Value))], 1);
            ups.Clear();
            for (var i = 0; i < open.Length; i++)
            {
                var up = supertypes[i].References is [var first, ..] ? first.NodeId.Node : NodeId.Null;
                if (StructureDictionary.TryFindBuiltIn(up, out var builtIn))
                {
                    types.AddSimple(open[i].Key, builtIn);
                }
                else if (!up.IsNull)
                {
                    ups[open[i].Key] = up;
                }
            }
        }
    }

    private static BrowseDescription SupertypeOf(NodeId dataType) => new()
    {
        NodeId = dataType,
        BrowseDirection = BrowseDirection.Inverse,
        ReferenceTypeId = new NodeId(0, NodeIds.HasSubtype),
        IncludeSubtypes = true,
    };
}
