namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Where a server listens, keeps its data and finds its configuration.</summary>
/// <param name="Address">The address it listens on.</param>
/// <param name="Port">The port it listens on.</param>
/// <param name="Folder">An empty folder of its own, without a slash at the end.</param>
/// <param name="ConfigurationFile">Where the recipe's configuration has been written.</param>
internal sealed record ServerPlace(string Address, int Port, string Folder, string ConfigurationFile);
