using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Which word of our configuration fits a server's data type.</summary>
internal static class SignalTypes
{
    /// <summary>Null for what no signal carries as a whole: structures, byte strings, XML.</summary>
    public static string? Of(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => "bool",
        BuiltInType.SByte or BuiltInType.Byte or BuiltInType.Int16 or BuiltInType.UInt16 or BuiltInType.Int32 or BuiltInType.UInt32 or BuiltInType.Int64 => "i64",
        BuiltInType.UInt64 => "u64",
        BuiltInType.Float or BuiltInType.Double => "f64",

        // Nanoseconds since 1970.
        BuiltInType.DateTime => "i64",
        BuiltInType.String or BuiltInType.LocalizedText or BuiltInType.QualifiedName or BuiltInType.Guid or BuiltInType.NodeId or BuiltInType.ExpandedNodeId => "text",
        BuiltInType.StatusCode => "i64",
        _ => null,
    };
}
