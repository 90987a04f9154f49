namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>A request for a command as it came, of good form and otherwise unchecked.</summary>
public sealed record RemoteCommand
{
    /// <summary>Who asks: the topic's last level, which the broker's access list keeps for that user.</summary>
    public required string User { get; init; }

    /// <summary>From where: the id of the sink at whose broker it came.</summary>
    public required string Station { get; init; }

    public required string Command { get; init; }

    /// <summary>The idempotency key.</summary>
    public required string Id { get; init; }

    public RemoteStep Step { get; init; }

    /// <summary>By the parameters' ids, as written.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>When it is void, milliseconds since 1970 UTC.</summary>
    public required long ExpiresUtcMillis { get; init; }

    /// <summary>Of an execute; empty else.</summary>
    public string Token { get; init; } = "";

    public string Reason { get; init; } = "";
}
