using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>One value for many samples: windows follow one another without a gap and do not overlap.</summary>
public sealed class WindowOptions : IChecked
{
    [Required]
    [Description("The signal whose samples are taken, device/signal.")]
    public string Input { get; init; } = "";

    [Description("What is kept of the samples.")]
    public WindowOf Of { get; init; } = WindowOf.Last;

    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    [Description("The length of a window, by the samples' source times; they begin at whole multiples of it, in UTC. Either this or \"every\".")]
    public TimeSpan? Over { get; init; }

    [Range(1, 1_000_000)]
    [Description("The samples of a window: 5 with \"last\" lets every fifth pass. Either this or \"over\".")]
    public int? Every { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Over is null && Every is null)
        {
            mistakes.Add("is missing; add \"over\": \"1s\" for a span of time, or \"every\": 10 for so many samples", "over");
        }

        if (Over is not null && Every is not null)
        {
            mistakes.Add("a window ends after a time or after so many samples; remove one of \"over\" and \"every\"", "every");
        }
    }
}
