namespace IndustrieFutur.Edge.Drivers;

/// <summary>What a driver may need of the service around it: its name, its folders, its clock.</summary>
/// <param name="Edge">The edge's id.</param>
/// <param name="DataFolder">Where the service keeps its files, absolute.</param>
/// <param name="BaseFolder">Where relative paths of the configuration start, absolute.</param>
/// <param name="Clock">The wall clock.</param>
public sealed record DriverSurroundings(string Edge, string DataFolder, string BaseFolder, TimeProvider Clock);
