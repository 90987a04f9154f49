using System.ComponentModel;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>Counts edges, from 0 at the start of the service.</summary>
public sealed class CounterOptions : SignalEdgeOptions
{
    [Description("What is counted: rises or falls.")]
    public SignalEdge Edge { get; init; } = SignalEdge.Rising;

    [Description("A condition (an expression); when it becomes true the count is 0 again.")]
    public string? Reset { get; init; }
}
