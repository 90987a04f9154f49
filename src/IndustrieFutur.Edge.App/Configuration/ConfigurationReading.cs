using IndustrieFutur.Edge.App.Configuration.Reading;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>What came of reading a configuration: either the configuration, or every mistake in it.</summary>
internal sealed record ConfigurationReading
{
    /// <summary>The file as it was named.</summary>
    public required string File { get; init; }

    /// <summary>Null exactly when there are mistakes.</summary>
    public required EdgeConfiguration? Configuration { get; init; }

    /// <summary>In the order of the file; what comes from the environment last.</summary>
    public required IReadOnlyList<LocatedMistake> Mistakes { get; init; }

    /// <summary>What runs and is most likely not meant; they change no exit code.</summary>
    public required IReadOnlyList<LocatedMistake> Warnings { get; init; }

    /// <summary>Secrets that are not there for whoever asks here; the service may have them elsewhere, so only "ifedge check" tells of them.</summary>
    public required IReadOnlyList<LocatedMistake> AbsentSecrets { get; init; }
}
