using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>Whether a value is one of a data type and has as many dimensions as it should (OPC UA Part 3, 5.6.2 and Part 4, 5.11.4).</summary>
internal static class TypeRules
{
    public static bool Accepts(AddressSpace space, NodeId dataType, int valueRank, Variant value)
    {
        var wanted = BuiltInOf(space, dataType);
        if (value.IsNull)
        {
            return wanted == BuiltInType.Variant;
        }

        // Byte strings and arrays of bytes stand for each other.
        var isByteString = value.Type == BuiltInType.ByteString && !value.IsArray;
        if (wanted == BuiltInType.Byte && isByteString && valueRank is 1 or 0 or -3)
        {
            return true;
        }

        return IsOfRank(valueRank, value) && IsOfType(space, dataType, wanted, value.Type);
    }

    /// <summary>The built-in type that values of a data type have on the wire; Variant for the abstract ones above several, and for what is not known.</summary>
    public static BuiltInType BuiltInOf(AddressSpace space, NodeId dataType)
    {
        for (var type = space.Find(dataType) as UaType; type is not null; type = type.Supertype)
        {
            if (type.Id.NamespaceIndex == 0 && type.Id.Numeric is > 0 and <= (uint)BuiltInType.DiagnosticInfo)
            {
                return (BuiltInType)type.Id.Numeric;
            }

            if (type.Id == new NodeId(0, NodeIds.EnumerationDataType))
            {
                return BuiltInType.Int32;
            }
        }

        return dataType.NamespaceIndex == 0 && dataType.Numeric is > 0 and <= (uint)BuiltInType.DiagnosticInfo
            ? (BuiltInType)dataType.Numeric
            : BuiltInType.Variant;
    }

    private static bool IsOfType(AddressSpace space, NodeId dataType, BuiltInType wanted, BuiltInType given)
    {
        if (wanted != BuiltInType.Variant)
        {
            return given == wanted;
        }

        // Number, Integer, UInteger: the types below them stand in the address space.
        return dataType == new NodeId(0, NodeIds.BaseDataType) || space.IsSubtype(new NodeId(0, (uint)given), dataType);
    }

    private static bool IsOfRank(int valueRank, Variant value)
    {
        var dimensions = !value.IsArray ? 0 : value.Dimensions?.Length ?? 1;
        return valueRank switch
        {
            -3 => dimensions <= 1,
            -2 => true,
            -1 => dimensions == 0,
            0 => dimensions >= 1,
            _ => dimensions == valueRank,
        };
    }
}
