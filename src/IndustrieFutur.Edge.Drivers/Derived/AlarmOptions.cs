using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>An alarm in the words of ISA-18.2: condition, delays, priority, and what the operator reads.</summary>
public sealed class AlarmOptions
{
    [Required]
    [Description("The condition, an expression; hysteresis(x, low, high) in it is the alarm's deadband.")]
    public string When { get; init; } = "";

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [Description("The condition must hold so long before the alarm is active (on-delay).")]
    public TimeSpan OnDelay { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [Description("The condition must be over so long before the alarm returns to normal (off-delay).")]
    public TimeSpan OffDelay { get; init; }

    [Description("How soon a person must act.")]
    public AlarmPriority Priority { get; init; } = AlarmPriority.Medium;

    [Required]
    [Description("What the operator reads: what is wrong, and what to do.")]
    public LocalizedName? Message { get; init; }
}
