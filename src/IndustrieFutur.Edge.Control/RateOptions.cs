using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Control;

/// <summary>How fast a value may be changed by commands.</summary>
public sealed class RateOptions
{
    [Range(0, 1e12)]
    [Description("At most so far from what is in force, by one command.")]
    public double? Change { get; init; }

    [Description("The signal, device/signal, that shows what is in force.")]
    public string? Signal { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [Description("At least so long between two orders of this command.")]
    public TimeSpan Every { get; init; }
}
