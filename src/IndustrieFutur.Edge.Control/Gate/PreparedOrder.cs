namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What a token stands for: one user's prepared command, with its values, in the state the cell was in.</summary>
internal sealed class PreparedOrder
{
    public required string Token { get; init; }

    public required string User { get; init; }

    public required Door Door { get; init; }

    public required int Command { get; init; }

    /// <summary>Of the values as they were written.</summary>
    public required string Values { get; init; }

    public required ulong Safety { get; init; }

    public required long Generation { get; init; }

    public required long ExpiresMonoNanos { get; init; }

    public required long ExpiresUtcMillis { get; init; }

    /// <summary>Who agreed; empty: nobody yet.</summary>
    public string ApprovedBy { get; set; } = "";
}
