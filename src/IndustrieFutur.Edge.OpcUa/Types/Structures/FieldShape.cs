using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Types.Structures;

/// <summary>How one field stands on the wire.</summary>
internal static class FieldShape
{
    public static bool HasOptionalFields(StructureDefinition definition) => definition.StructureType == StructureType.StructureWithOptionalFields;

    public static bool IsUnion(StructureDefinition definition) =>
        definition.StructureType is StructureType.Union or StructureType.UnionWithSubtypedValues;

    /// <summary>
    /// A structure that may be one of a subtype comes as an extension object: only in these two types "optional" means that (OPC UA Part 6,
    /// 5.1.7). A simple type is not asked: its subtypes are encoded as it is.
    /// </summary>
    public static bool TakesSubtypes(StructureDefinition definition, StructureField field) =>
        field.IsOptional
        && definition.StructureType is StructureType.StructureWithSubtypedValues or StructureType.UnionWithSubtypedValues;

    public static bool IsArray(StructureField field) => field.ValueRank >= 1;

    public static bool IsMatrix(StructureField field) => field.ValueRank > 1;
}
