using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>The configurations that the project itself carries, in <c>config/</c>.</summary>
internal static class ProjectConfigurations
{
    public static string Root => Repository.Root;

    public static string Schema { get; } = Path.Combine(Root, "config", "edge.schema.json");

    /// <summary>The ten mistakes that <c>ifedge check</c> must name.</summary>
    public static string TenMistakes { get; } =
        Path.Combine(Root, "tests", "IndustrieFutur.Edge.Tests", "App", "Configuration", "ten-mistakes.json");

    /// <summary>Every file an integrator may start from, below <c>config/</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Path.Combine("config", "edge.json"),
        Path.Combine("config", "demo.json"),
        .. Directory.GetFiles(Path.Combine(Root, "config", "examples"), "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A configuration as plain JSON, for tools that know no comments.</summary>
    public static JsonNode Plain(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, file)), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
}
