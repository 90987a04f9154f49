namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>How one kind of server is started, as a process of this machine or in a container.</summary>
internal sealed record ServerRecipe
{
    /// <summary>As people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The program's file name, looked for on PATH and in the sbin folders.</summary>
    public required string Program { get; init; }

    /// <summary>The Debian package that brings the program.</summary>
    public required string Package { get; init; }

    /// <summary>The environment variable that names another image than the upstream one.</summary>
    public required string ImageVariable { get; init; }

    public required string UpstreamImage { get; init; }

    public required int ContainerPort { get; init; }

    /// <summary>Where the configuration lies in the container; null when the server takes arguments only.</summary>
    public string? ContainerConfigurationPath { get; init; }

    /// <summary>The configuration for a server that listens on the place's address and keeps its data in its folder.</summary>
    public Func<ServerPlace, string>? Configuration { get; init; }

    /// <summary>The arguments, without the program.</summary>
    public required Func<ServerPlace, string[]> Arguments { get; init; }

    /// <summary>True when the image starts the program by itself and the command is only its arguments.</summary>
    public bool ImageHasEntryPoint { get; init; }

    /// <summary>Asked over HTTP until it answers with success; null when an open port is all there is to see.</summary>
    public string? ReadyPath { get; init; }

    public string Image => Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } image ? image : UpstreamImage;
}
