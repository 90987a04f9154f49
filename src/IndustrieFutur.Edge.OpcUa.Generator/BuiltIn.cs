namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>A built-in type: what it is called in C#, what the reader's method is called, and the fewest bytes it takes.</summary>
internal sealed record BuiltIn(string CSharp, string Method, int BytesMin, string Default = "")
{
    public static readonly IReadOnlyDictionary<string, BuiltIn> Table = new Dictionary<string, BuiltIn>
    {
        ["Boolean"] = new("bool", "Boolean", 1),
        ["SByte"] = new("sbyte", "SByte", 1),
        ["Byte"] = new("byte", "Byte", 1),
        ["Int16"] = new("short", "Int16", 2),
        ["UInt16"] = new("ushort", "UInt16", 2),
        ["Int32"] = new("int", "Int32", 4),
        ["UInt32"] = new("uint", "UInt32", 4),
        ["Int64"] = new("long", "Int64", 8),
        ["UInt64"] = new("ulong", "UInt64", 8),
        ["Float"] = new("float", "Float", 4),
        ["Double"] = new("double", "Double", 8),
        ["String"] = new("string?", "String", 4),
        ["CharArray"] = new("string?", "String", 4),
        ["DateTime"] = new("long", "DateTime", 8),
        ["Guid"] = new("Guid", "Guid", 16),
        ["ByteString"] = new("byte[]?", "ByteString", 4),
        ["XmlElement"] = new("string?", "String", 4),
        ["NodeId"] = new("NodeId", "NodeId", 2),
        ["ExpandedNodeId"] = new("ExpandedNodeId", "ExpandedNodeId", 2),
        ["StatusCode"] = new("uint", "StatusCode", 4),
        ["QualifiedName"] = new("QualifiedName", "QualifiedName", 6),
        ["LocalizedText"] = new("LocalizedText", "LocalizedText", 1),
        ["ExtensionObject"] = new("ExtensionObject", "ExtensionObject", 3, "ExtensionObject.Null"),
        ["DataValue"] = new("DataValue", "DataValue", 1, "new()"),
        ["Variant"] = new("Variant", "Variant", 1),
        ["DiagnosticInfo"] = new("DiagnosticInfo?", "DiagnosticInfo", 1),
    };
}
