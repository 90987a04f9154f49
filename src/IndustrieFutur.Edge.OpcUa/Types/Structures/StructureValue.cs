using System.Globalization;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>A structure that was decoded by the definition that its server gave; fields that were not sent are not there.</summary>
public sealed record StructureValue(NodeId DataType, IReadOnlyList<FieldValue> Fields)
{
    /// <summary>More leaves than a signal list can name; what comes after is left out.</summary>
    public const int LeavesMax = 10_000;

    /// <summary>Every built-in value by a name that stays the same: "position.x", "axes[2].speed", "limits[0]".</summary>
    public IReadOnlyDictionary<string, Variant> Flatten()
    {
        var leaves = new Dictionary<string, Variant>(StringComparer.Ordinal);
        AddTo(leaves, "");
        return leaves;
    }

    private static string Index(int index) => "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    private static void Add(Dictionary<string, Variant> leaves, string name, Variant value)
    {
        if (!value.IsArray || value.Value is not Array array)
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
        if (leaves.Count < LeavesMax)
        {
            leaves.TryAdd(name, value);
        }
    }

    private void AddTo(Dictionary<string, Variant> leaves, string prefix)
    {
        foreach (var field in Fields)
        {
            var name = prefix + field.Name;
            if (field.Nested is null)
            {
                Add(leaves, name, field.Value);
                continue;
            }

            for (var i = 0; i < field.Nested.Count; i++)
            {
                field.Nested[i].AddTo(leaves, name + (field.IsArray ? Index(i) : "") + ".");
            }
        }
    }
}
