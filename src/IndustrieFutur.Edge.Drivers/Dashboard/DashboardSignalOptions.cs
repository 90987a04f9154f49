using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>One signal of a robot's dashboard: which question gives it.</summary>
public sealed class DashboardSignalOptions : SignalOptions
{
    [Required]
    [Description("What is asked. robotMode, safetyMode, safetyStatus: the numbers that RTDE has for them; programState: 0 stopped, 1 playing, 2 paused; "
        + "operationalMode: 0 none, 1 manual, 2 automatic; running, remoteControl: a bool; program: the loaded program's path, a text.")]
    public DashboardQuery? Query { get; init; }

    /// <inheritdoc/>
    public override ValueKind RawKind => Query switch
    {
        DashboardQuery.Running or DashboardQuery.RemoteControl => ValueKind.Boolean,
        DashboardQuery.Program => ValueKind.Text,
        _ => ValueKind.Int64,
    };
}
