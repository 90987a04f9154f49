using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>What a method answers: a status, its outputs when that is Good, and which arguments were wrong when they were (OPC UA Part 4, 5.11).</summary>
public sealed record MethodAnswer(uint Status, Variant[] Outputs)
{
    /// <summary>One per argument, for BadInvalidArgument; else null.</summary>
    public uint[]? ArgumentStatuses { get; init; }

    public static MethodAnswer Good(params Variant[] outputs) => new(StatusCodes.Good, outputs);

    public static MethodAnswer Bad(uint status) => new(status, []);
}
