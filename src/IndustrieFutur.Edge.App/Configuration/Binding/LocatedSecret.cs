using IndustrieFutur.Edge.App.Configuration.Reading;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>A secret that the configuration refers to, and where it does.</summary>
internal sealed record LocatedSecret(SecretReference Secret, Place Place, string Path)
{
    /// <summary>What to say when it is not there for whoever asks; null when it is.</summary>
    public LocatedMistake? Absence(string baseDirectory) =>
        Secret.Resolve(file => Read(System.IO.Path.GetFullPath(file, baseDirectory)), out var error) is null
            ? new LocatedMistake(Place, Path, $"{error} here; the service needs it where it runs")
            : null;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
