namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>One device of the cell: one stream of telemetry, with the signals it owns.</summary>
public sealed record DevicePlan
{
    public required string Id { get; init; }

    public required string Driver { get; init; }

    /// <summary>Place in the cell's list of devices; streams are numbered by it.</summary>
    public required int Index { get; init; }

    /// <summary>What its stream gives up when the spool is full.</summary>
    public DropPolicy Drop { get; init; }

    public required IReadOnlyList<SignalPlan> Signals { get; init; }
}
