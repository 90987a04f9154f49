namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>A rule that gives a command by itself when a condition becomes true. It can only stop, or set what is not above the live value.</summary>
public sealed record ReactionPlan
{
    public required int Index { get; init; }

    public required string Id { get; init; }

    /// <summary>The boolean signal whose rise sets it off: one of a device, or a derived one.</summary>
    public required int Signal { get; init; }

    /// <summary>The command, by index in the plan.</summary>
    public required int Command { get; init; }

    /// <summary>What the command is given.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>The value is given only where this signal's live value is not below it; -1: the command is a stop.</summary>
    public int NotAboveSignal { get; init; } = -1;

    /// <summary>More in an hour are not given, but told.</summary>
    public required int PerHourMax { get; init; }
}
