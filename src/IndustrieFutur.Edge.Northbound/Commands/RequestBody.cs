namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>The body of a request as it was read. One that could not be read to its end keeps what was, so that its answer finds its way.</summary>
internal sealed class RequestBody
{
    public string Command { get; set; } = "";

    public string Id { get; set; } = "";

    public RemoteStep Step { get; set; }

    public Dictionary<string, string> Values { get; } = [];

    /// <summary>Milliseconds since 1970 UTC; 0: the body does not say.</summary>
    public long Expires { get; set; }

    public string Token { get; set; } = "";

    public string Reason { get; set; } = "";
}
