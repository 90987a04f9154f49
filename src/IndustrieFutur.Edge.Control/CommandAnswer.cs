namespace IndustrieFutur.Edge.Control;

/// <summary>What the gate says to a request: how the command ended, or, to a prepare, the token.</summary>
public sealed record CommandAnswer
{
    public required string Id { get; init; }

    public required string Command { get; init; }

    /// <summary>Null: it is prepared.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Which rule refused: "switch", "identity", "id", "allow", "lease", "two", "armed", "limits", "busy", "expiry", "interlock", "audit", "driver" and so on; empty else.</summary>
    public string Rule { get; init; } = "";

    /// <summary>A sentence for the operator: what happened, and what can be done.</summary>
    public required string TextFr { get; init; }

    public required string TextEn { get; init; }

    /// <summary>Of a prepare.</summary>
    public string Token { get; init; } = "";

    /// <summary>When the token is void, milliseconds since 1970 UTC.</summary>
    public long TokenExpiresUtcMillis { get; init; }

    /// <summary>The line of the audit that has the outcome; 0: none was written (a request above the rate is counted, not written).</summary>
    public long AuditSequence { get; init; }

    /// <summary>From the request to the outcome.</summary>
    public long Millis { get; init; }

    public IReadOnlyList<GuardReading> Guards { get; init; } = [];
}
