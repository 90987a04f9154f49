namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>A name within a namespace (OPC UA Part 3, 8.3).</summary>
public readonly record struct QualifiedName(ushort NamespaceIndex, string? Name)
{
    public bool IsNull => NamespaceIndex == 0 && Name is null;

    public override string ToString() => NamespaceIndex == 0 ? Name ?? "" : $"{NamespaceIndex}:{Name}";
}
