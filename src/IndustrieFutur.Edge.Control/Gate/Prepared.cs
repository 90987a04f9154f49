namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>What a token stands for: who prepared which command with which values, and the state of the cell in which it was agreed to.</summary>
internal sealed record Prepared(string Token, Who Who, int Command, IReadOnlyList<double> Values, ulong Safety, long Generation, long EndsMonoNanos)
{
    /// <summary>The values as they were said.</summary>
    public required IReadOnlyDictionary<string, string> Said { get; init; }

    /// <summary>The second person; empty: nobody agreed yet.</summary>
    public string ApprovedBy { get; init; } = "";
}
