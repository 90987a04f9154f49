namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>An enumeration of the schema: Int32 on the wire, but for some sets of options.</summary>
internal sealed record Enumeration(string Name, int Bits, bool IsOptionSet, IReadOnlyList<(string Name, string Value)> Values)
{
    public string Underlying => Bits switch { 8 => "byte", 16 => "ushort", 32 => IsOptionSet ? "uint" : "int", _ => "ulong" };

    public string WireType => Bits switch { 8 => "Byte", 16 => "UInt16", 32 => IsOptionSet ? "UInt32" : "Int32", _ => "UInt64" };
}
