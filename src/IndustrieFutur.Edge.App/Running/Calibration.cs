using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// What the last <c>ifedge bench</c> measured of this machine, a file in the data folder: a jitter means nothing but beside what the
/// machine itself does.
/// </summary>
internal static class Calibration
{
    public const string FileName = "bench.json";

    /// <summary>A bench writes some 5 kB; what is much larger is not one.</summary>
    private const long BytesMax = 65_536;

    /// <summary>Null when there is none, or when what lies there cannot be read.</summary>
    public static JsonNode? Read(string dataFolder)
    {
        var file = new FileInfo(Path.Combine(dataFolder, FileName));
        try
        {
            return file.Exists && file.Length <= BytesMax ? JsonNode.Parse(File.ReadAllText(file.FullName)) as JsonObject : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Throws what a full or closed folder throws.</summary>
    public static void Write(string dataFolder, JsonObject bench)
    {
        var file = Path.Combine(dataFolder, FileName);
        var unfinished = file + ".tmp";
        File.WriteAllText(unfinished, bench.ToJsonString());
        File.Move(unfinished, file, overwrite: true);
    }
}
