namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>One field of a decoded structure: a built-in value, a structure, or an array of structures.</summary>
/// <param name="Name">As the definition has it.</param>
/// <param name="Value">The value of a field of a built-in type or enumeration.</param>
/// <param name="Nested">The structures within: one, or the elements of an array; null for a built-in value and for an array that is null.</param>
/// <param name="IsArray">Several structures.</param>
/// <param name="Dimensions">Of a matrix of structures, whose elements are in row order.</param>
public sealed record FieldValue(
    string Name,
    Variant Value,
    IReadOnlyList<StructureValue>? Nested = null,
    bool IsArray = false,
    IReadOnlyList<int>? Dimensions = null);
