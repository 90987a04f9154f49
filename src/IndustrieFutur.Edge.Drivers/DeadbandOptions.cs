using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>How much a value must change before it is sent again.</summary>
public sealed class DeadbandOptions : IChecked
{
    [Range(0.0, double.MaxValue)]
    [Description("In engineering units; 0 sends every change. Either this or \"percent\".")]
    public double? Absolute { get; init; }

    [Range(0.0, 100.0)]
    [Description("In percent of the signal's range. Either this or \"absolute\".")]
    public double? Percent { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    [Description("Send an unchanged value all the same after so long. 60 s lets a person see that the signal lives.")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Absolute is null && Percent is null)
        {
            mistakes.Add("is missing; add \"absolute\": 0.5 in engineering units, or \"percent\": 1 of the range", "absolute");
        }

        if (Absolute is not null && Percent is not null)
        {
            mistakes.Add("the deadband is given twice, as \"absolute\" and as \"percent\"; remove one", "percent");
        }
    }
}
