namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>A field of a structure: its name and type in the schema.</summary>
/// <param name="Name">As in the schema.</param>
/// <param name="Type">The local name of its type.</param>
/// <param name="IsArray">A length comes before the elements.</param>
/// <param name="BytesMin">The fewest bytes it takes on the wire.</param>
internal sealed record Field(string Name, string Type, bool IsArray, int BytesMin);
