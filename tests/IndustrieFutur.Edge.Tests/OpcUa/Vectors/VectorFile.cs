using System.Text.Json;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Vectors;

/// <summary>The captures of real exchanges that the tests are held against.</summary>
internal static class VectorFile
{
    public const string Folder = "tests/IndustrieFutur.Edge.Tests/OpcUa/Vectors/captures";

    /// <summary>The chunks of one capture in the order in which they were seen; the marks of a cut line are left out.</summary>
    public static IReadOnlyList<CapturedChunk> Chunks(string name) =>
        [.. File.ReadLines(Repository.PathOf(Folder, name)).Select(Read).OfType<CapturedChunk>()];

    private static CapturedChunk? Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return root.TryGetProperty("hex", out var hex)
            ? new CapturedChunk(
                root.GetProperty("conn").GetInt32(),
                root.GetProperty("dir").GetString() == "C",
                root.GetProperty("type").GetString() ?? "",
                Convert.FromHexString(hex.GetString() ?? ""))
            : null;
    }
}
