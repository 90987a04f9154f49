namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>The immutable result of a checked configuration: what the cell is made of, in index order.</summary>
public sealed record CellPlan
{
    /// <summary>First level of every topic: the site or plant.</summary>
    public required string Group { get; init; }

    /// <summary>This edge, unique within the group.</summary>
    public required string Edge { get; init; }

    public required IReadOnlyList<DevicePlan> Devices { get; init; }

    /// <summary>All signals, by index.</summary>
    public required IReadOnlyList<SignalPlan> Signals { get; init; }

    /// <summary>Tells two plans apart; travels with every batch so that a historian knows which names its aliases have.</summary>
    public required ulong Hash { get; init; }

    /// <summary>Longest text of any signal, in bytes; 0 when none carries text.</summary>
    public int TextBytesMax { get; init; }
}
