using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A folder of its own for one proof: configuration, data, symlinks; gone afterwards.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace() => Folder = Directory.CreateTempSubdirectory("edge-proof-").FullName;

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a configuration and returns its file name.</summary>
    public string Write(JsonObject configuration)
    {
        var file = PathOf("edge.json");
        File.WriteAllText(file, configuration.ToJsonString(new() { WriteIndented = true }));
        return file;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
