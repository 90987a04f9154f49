using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>Which points of a curve are sent: those that keep the line between two of them within a deviation of every sample.</summary>
public sealed class SwingingDoorOptions
{
    [Required]
    [Range(0.0, double.MaxValue)]
    [Description("How far a sample may lie from the line between the points that are sent, in engineering units.")]
    public double? Deviation { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    [Description("The longest time without a point. The newest sample waits at most so long until it is decided whether it is one.")]
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(60);
}
