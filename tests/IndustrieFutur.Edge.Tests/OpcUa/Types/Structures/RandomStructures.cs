using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types.Structures;

/// <summary>Data types made up from one seed, each of which may contain those before it, and values of them.</summary>
internal sealed class RandomStructures
{
    private const int TypesCount = 6;

    private static readonly NodeId SimpleSubtype = new(3, "Speed");
    private static readonly StructureType[] Kinds = Enum.GetValues<StructureType>();

    private readonly RandomValues _values;
    private readonly List<StructureDefinition> _definitions = [];

    public RandomStructures(int seed)
    {
        _values = new RandomValues(seed);
        Types.AddSimple(SimpleSubtype, BuiltInType.Float);
        for (var i = 0; i < TypesCount; i++)
        {
            var definition = Definition();
            Types.Add(IdOf(i), definition);
            _definitions.Add(definition);
        }
    }

    public StructureDictionary Types { get; } = new();

    /// <summary>A value of the last type, which may contain all the others.</summary>
    public StructureValue Value() => Value(TypesCount - 1);

    private static NodeId IdOf(int type) => new(2, (uint)type + 1);

    private StructureDefinition Definition() => new()
    {
        DefaultEncodingId = new NodeId(2, (uint)_definitions.Count + 1_001),
        StructureType = _values.Any(Kinds),
        Fields = [.. Enumerable.Range(0, _values.Random.Next(7)).Select(Field)],
    };

    private StructureField Field(int index) => new()
    {
        Name = "f" + index,
        DataType = DataType(),
        ValueRank = _values.Any([-1, -1, 1, 2, 3]),
        IsOptional = _values.Maybe(2),
    };

    private NodeId DataType() => _values.Random.Next(4) switch
    {
        0 => SimpleSubtype,
        1 when _definitions.Count > 0 => IdOf(_values.Random.Next(_definitions.Count)),
        _ => new NodeId(0, (uint)_values.Any(RandomValues.Types)),
    };

    private StructureValue Value(int type)
    {
        var definition = _definitions[type];
        var all = definition.Fields ?? [];
        var sent = definition.StructureType switch
        {
            StructureType.Union or StructureType.UnionWithSubtypedValues => all.Length == 0 || _values.Maybe(5) ? [] : [_values.Any(all)],
            StructureType.StructureWithOptionalFields => all.Where(field => !field.IsOptional || _values.Maybe(2)),
            _ => all,
        };
        return new StructureValue(IdOf(type), [.. sent.Select(Value)]);
    }

    private FieldValue Value(StructureField field)
    {
        int[]? dimensions = field.ValueRank switch { 2 => [2, 1], 3 => [1, 2, 1], _ => null };
        var isArray = field.ValueRank >= 1;
        var count = dimensions is not null ? 2 : isArray ? _values.Random.Next(3) : 1;
        var type = field.DataType == SimpleSubtype ? BuiltInType.Float : (BuiltInType)field.DataType.Numeric;
        if (field.DataType.NamespaceIndex != 2)
        {
            return new FieldValue(field.Name!, !isArray ? _values.Scalar(type) : count == 0 && _values.Maybe(2) ? Variant.OfArray(type, null) : _values.Elements(type, count, dimensions));
        }

        var nested = Enumerable.Range(0, count).Select(_ => Value((int)field.DataType.Numeric - 1)).ToList();
        return new FieldValue(field.Name!, Variant.Null, nested, isArray, dimensions);
    }
}
