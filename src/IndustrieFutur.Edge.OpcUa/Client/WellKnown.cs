namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Nodes of namespace 0 that every server has, and the attribute that holds a value (OPC UA Part 6, annex A).</summary>
internal static class WellKnown
{
    public const uint ValueAttribute = 13;
    public const uint NamespaceArray = 2255;
    public const uint CurrentTime = 2258;
    public const uint ServerState = 2259;
    public const uint ObjectsFolder = 85;
    public const uint HierarchicalReferences = 33;
}
