namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Where the packages of the foreign OPC UA peers lie: named by the environment, or where the tests put them.</summary>
internal static class OpcUaPeers
{
    public static string Modules { get; } = Find();

    private static string Find()
    {
        var named = Environment.GetEnvironmentVariable("EDGE_OPCUA_MODULES");
        var folder = string.IsNullOrEmpty(named) ? "/tmp/npm/node_modules" : named;
        return Directory.Exists(Path.Combine(folder, "node-opcua"))
            ? folder
            : throw new InvalidOperationException($"node-opcua is not in {folder}: npm install node-opcua there, or name the folder in EDGE_OPCUA_MODULES.");
    }
}
