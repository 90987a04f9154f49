using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A folder of its own for one proof: configuration, data, symlinks, blocks; gone afterwards.</summary>
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

    /// <summary>With what an edge that was killed has left in memory for each data folder of it.</summary>
    public void Dispose()
    {
        foreach (var block in Directory.EnumerateDirectories(Folder).Select(SamplerPlan.BlockOf))
        {
            File.Delete(block);
            File.Delete(SamplerPlan.FileOf(block));
        }

        Directory.Delete(Folder, recursive: true);
    }
}
