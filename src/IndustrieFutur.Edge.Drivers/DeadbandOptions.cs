using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>How much a value must change before it is sent again.</summary>
public sealed class DeadbandOptions
{
    [Required]
    [Range(0.0, double.MaxValue)]
    [Description("In engineering units; 0 sends every change.")]
    public double? Absolute { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    [Description("Send an unchanged value all the same after so long. 60 s lets a person see that the signal lives.")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(60);
}
