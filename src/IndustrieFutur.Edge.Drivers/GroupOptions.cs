using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>Signals that are read together, at one interval.</summary>
public sealed class GroupOptions<TSignal>
    where TSignal : SignalOptions
{
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    [Description("How often the group is read, such as \"50ms\" or \"2s\". A listening device needs none.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    [Required]
    [MinLength(1)]
    [Description("The signals, by id.")]
    public IReadOnlyDictionary<string, TSignal> Signals { get; init; } = new Dictionary<string, TSignal>();
}
