namespace IndustrieFutur.Edge.Control;

/// <summary>One request as a door hands it to the gate. Nothing in it was checked but its form.</summary>
public sealed record CommandRequest
{
    public required Who Who { get; init; }

    public RequestStep Step { get; init; }

    /// <summary>The command's id; of an execute it is the token's.</summary>
    public required string Command { get; init; }

    /// <summary>The idempotency key, 1 to 64 letters: a resend by the same user gets the first answer, with another content it is refused.</summary>
    public required string Id { get; init; }

    /// <summary>By the parameters' ids, numbers and choices as written ("0.2", "true", "pick.urp").</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>When it is void, milliseconds since 1970 UTC; 0: the door has no expiry of its own, and the gate's longest (30 s) holds.</summary>
    public long ExpiresUtcMillis { get; init; }

    /// <summary>For an execute.</summary>
    public string Token { get; init; } = "";

    /// <summary>Why, in the person's words; at most 200 letters.</summary>
    public string Reason { get; init; } = "";
}
