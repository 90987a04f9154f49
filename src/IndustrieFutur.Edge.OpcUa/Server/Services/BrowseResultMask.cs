namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>Which fields of a ReferenceDescription a Browse wants (OPC UA Part 4, 5.9.2.2).</summary>
[Flags]
internal enum BrowseResultMask
{
    None = 0,
    ReferenceType = 1,
    IsForward = 2,
    NodeClass = 4,
    BrowseName = 8,
    DisplayName = 16,
    TypeDefinition = 32,
}
