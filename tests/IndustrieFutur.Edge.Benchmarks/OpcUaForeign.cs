using IndustrieFutur.Edge.Cell.Tests.OpcUa;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The foreign client that ours is measured beside.</summary>
internal static class OpcUaForeign
{
    private const string Script = "OpcUaForeignClient.js";

    public static BenchChild Client(string url, params string[] words)
    {
        // The program comes with the benchmarks, its packages with the peers of all tests.
        var start = NodePeers.Program(Path.Combine(AppContext.BaseDirectory, Script), [url, .. words]);
        return new BenchChild(Script, start);
    }
}
