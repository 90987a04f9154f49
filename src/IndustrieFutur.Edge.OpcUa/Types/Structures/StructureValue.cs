using System.Globalization;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>A structure that was decoded by the definition that its server gave; fields that were not sent are not there.</summary>
public sealed record StructureValue(NodeId DataType, IReadOnlyList<FieldValue> Fields)
{
    /// <summary>More leaves than a signal list can name; what comes after is left out.</summary>
    public const int LeavesMax = 10_000;

    /// <summary>Longer than any name of a field that a person can read; what is named longer is left out.</summary>
    public const int NameCharsMax = 500;

    /// <summary>Every built-in value by a name that stays the same: "position.x", "axes[2].speed", "limits[0]"; of an array without elements the array itself.</summary>
    public IReadOnlyDictionary<string, Variant> Flatten()
    {
        var leaves = new Dictionary<string, Variant>(StringComparer.Ordinal);
        AddTo(leaves, "");
        return leaves;
    }

    private static string Index(int index) => "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    private static void Add(Dictionary<string, Variant> leaves, string name, Variant value)
    {
        if (!value.IsArray || value.Value is not Array { Length: > 0 } array)
        {
            AddLeaf(leaves, name, value);
            return;
        }

        for (var i = 0; i < array.Length && leaves.Count < LeavesMax; i++)
        {
            AddLeaf(leaves, name + Index(i), array.GetValue(i) is Variant inner ? inner : Variant.OfScalar(value.Type, array.GetValue(i)));
        }
    }

    private static void AddLeaf(Dictionary<string, Variant> leaves, string name, Variant value)
    {
        if (leaves.Count < LeavesMax && name.Length <= NameCharsMax)
        {
            leaves.TryAdd(name, value);
        }
    }

    private void AddTo(Dictionary<string, Variant> leaves, string prefix)
    {
        foreach (var field in Fields)
        {
            if (leaves.Count == LeavesMax || prefix.Length + field.Name.Length > NameCharsMax)
            {
                continue;
            }

            var name = prefix + field.Name;
            if (field.Nested is null)
            {
                Add(leaves, name, field.Value);
            }
            else
            {
                AddNested(leaves, name, field);
            }
        }
    }

    private static void AddNested(Dictionary<string, Variant> leaves, string name, FieldValue field)
    {
        if (field is { IsArray: true, Nested.Count: 0 })
        {
            AddLeaf(leaves, name, Variant.OfArray(BuiltInType.ExtensionObject, Array.Empty<ExtensionObject>()));
        }

        for (var i = 0; i < field.Nested!.Count && leaves.Count < LeavesMax; i++)
        {
            field.Nested[i].AddTo(leaves, name + (field.IsArray ? Index(i) : "") + ".");
        }
    }
}
