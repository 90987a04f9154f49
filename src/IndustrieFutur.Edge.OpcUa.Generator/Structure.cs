namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>A structure of the schema with its fields, those of its base types included, in the order of the wire.</summary>
internal sealed record Structure(string Name, uint EncodingId, IReadOnlyList<Field> Fields)
{
    /// <summary>The fewest bytes it takes on the wire.</summary>
    public int BytesMin => Math.Max(1, Fields.Sum(one => one.BytesMin));
}
