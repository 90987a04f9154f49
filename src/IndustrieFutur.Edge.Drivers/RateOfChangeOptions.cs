using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>How fast a value can change where it is measured, so that what cannot be is not believed.</summary>
public sealed class RateOfChangeOptions : IChecked
{
    [Required]
    [Description("The largest change in a second, in engineering units.")]
    public double? PerSecond { get; init; }

    [Description("Drop a value that changed faster instead of marking it Uncertain. It is believed once it may have got there from the last one that was.")]
    public bool Drop { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (PerSecond <= 0)
        {
            mistakes.Add("a value that may not change at all is no measurement; write a number above 0", "perSecond");
        }
    }
}
