namespace IndustrieFutur.Edge.App.Http;

/// <summary>The body of a log-in.</summary>
internal sealed record LoginBody
{
    public string User { get; init; } = "";

    public string Password { get; init; } = "";
}
