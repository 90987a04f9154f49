namespace IndustrieFutur.Edge.Control;

/// <summary>What everybody may see of the gate.</summary>
public sealed record GateStatus
{
    /// <summary>Commands are taken; else <see cref="WhyOffEn"/>.</summary>
    public required bool IsOn { get; init; }

    public string WhyOffFr { get; init; } = "";

    public string WhyOffEn { get; init; } = "";

    /// <summary>The set of commands in force, 16 hexadecimal digits.</summary>
    public required string CommandsHash { get; init; }

    /// <summary>That set is armed.</summary>
    public required bool IsArmed { get; init; }

    /// <summary>It was rehearsed, so it can be armed.</summary>
    public required bool IsRehearsed { get; init; }

    /// <summary>Who has the lease; empty: nobody.</summary>
    public string LeaseHolder { get; init; } = "";

    public long LeaseEndsUtcMillis { get; init; }

    public required long AuditHead { get; init; }

    public required string AuditHash { get; init; }

    /// <summary>By the words of the outcomes, since the start.</summary>
    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    /// <summary>By the refusing rule, since the start; "rate" is what was above the rate.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    /// <summary>Reactions by id: armed or not, how often they fired.</summary>
    public IReadOnlyList<ReactionView> Reactions { get; init; } = [];

    /// <summary>What ended last, the newest first, at most 20.</summary>
    public IReadOnlyList<CommandAnswer> Recent { get; init; } = [];
}
