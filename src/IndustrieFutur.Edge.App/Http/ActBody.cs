namespace IndustrieFutur.Edge.App.Http;

/// <summary>The body of an act that is no command: the switch, an approval, a lease.</summary>
internal sealed record ActBody
{
    /// <summary>Of the switch; it must be said.</summary>
    public bool? On { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Of an approval.</summary>
    public string Token { get; init; } = "";
}
