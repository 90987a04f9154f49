using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>Signals that are taken out of the controller's packages together.</summary>
public sealed class RtdeGroupOptions
{
    [Range(typeof(TimeSpan), "00:00:00.002", "1.00:00:00")]
    [Description("Take the signals out of one package in so long, such as \"100ms\"; temperatures need not come 500 times a second. Without it, out of every package.")]
    public TimeSpan? Interval { get; init; }

    [Required]
    [MinLength(1)]
    [Description("The signals, by id.")]
    public IReadOnlyDictionary<string, RtdeSignalOptions> Signals { get; init; } = new Dictionary<string, RtdeSignalOptions>();

    /// <summary>One package in so many, at this frequency.</summary>
    internal int EveryAt(int frequency) => Interval is { } interval ? Math.Max(1, (int)Math.Round(interval.TotalSeconds * frequency)) : 1;
}
