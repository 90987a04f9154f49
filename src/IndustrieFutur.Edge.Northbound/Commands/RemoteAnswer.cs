namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>What is said to a request for a command: how it ended, or that it is prepared.</summary>
public sealed record RemoteAnswer
{
    /// <summary>The outcome of what a rule refused: nothing was sent.</summary>
    public const string Refused = "refused";

    /// <summary>The outcome of what may have been done or not.</summary>
    public const string Unknown = "unknown";

    public required string Id { get; init; }

    public required string Command { get; init; }

    /// <summary>"prepared", "refused", "rejected", "confirmed" or "unknown".</summary>
    public required string Outcome { get; init; }

    /// <summary>Which rule refused; empty else. This door's own are "malformed", "retained", "expiry" and "rate".</summary>
    public string Rule { get; init; } = "";

    public required RemoteText Text { get; init; }

    /// <summary>Of a prepare.</summary>
    public string Token { get; init; } = "";

    /// <summary>When the token is void, milliseconds since 1970 UTC; 0: there is none.</summary>
    public long TokenExpires { get; init; }

    /// <summary>The line of the audit; 0: none was written.</summary>
    public long Audit { get; init; }

    public long Millis { get; init; }

    public IReadOnlyList<RemoteGuard> Guards { get; init; } = [];
}
