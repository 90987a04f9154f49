using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>When a signal counts as risen: true, or above a threshold.</summary>
public abstract class SignalEdgeOptions : IChecked
{
    [Required]
    [Description("The signal each of whose samples is looked at, device/signal; true or false, or a number with a \"threshold\".")]
    public string Input { get; init; } = "";

    [Description("A number above it is high.")]
    public double? Threshold { get; init; }

    [Range(0.0, double.MaxValue)]
    [Description("So far below the threshold the number must fall to be low again, so that a trembling value counts once.")]
    public double Hysteresis { get; init; }

    /// <inheritdoc/>
    public virtual void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Threshold is null && Hysteresis > 0)
        {
            mistakes.Add("there is no threshold to fall below; add \"threshold\", or remove it", "hysteresis");
        }
    }
}
