namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>One line of the audit: who asked what from where, how the guards stood, what was decided, how it ended.</summary>
public sealed record AuditRecord
{
    /// <summary>From 1, without a hole; given by the log.</summary>
    public long Sequence { get; init; }

    /// <summary>Milliseconds since 1970 UTC; given by the log.</summary>
    public long UtcMillis { get; init; }

    public required AuditKind Kind { get; init; }

    public string Who { get; init; } = "";

    public string Role { get; init; } = "";

    public string Station { get; init; } = "";

    public string Door { get; init; } = "";

    public string Command { get; init; } = "";

    /// <summary>The idempotency key.</summary>
    public string Id { get; init; } = "";

    /// <summary>Of the request's content, 16 hexadecimal digits: a resend with another content is another request.</summary>
    public string Content { get; init; } = "";

    /// <summary>The target in words: "plc/speed (modbus 4x0)".</summary>
    public string Target { get; init; } = "";

    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<GuardReading> Guards { get; init; } = [];

    /// <summary>The rule that refused; empty else.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The outcome's word; empty where there is none yet.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The line of the order that this one ends; 0: none.</summary>
    public long Of { get; init; }

    /// <summary>From the request to the outcome.</summary>
    public long Millis { get; init; }

    /// <summary>The sentence, in English.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why, in the person's own words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Of the commands in force, 16 hexadecimal digits.</summary>
    public string Commands { get; init; } = "";
}
