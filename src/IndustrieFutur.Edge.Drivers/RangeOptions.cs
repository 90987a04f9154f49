using System.ComponentModel;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>What a value may be, in engineering units.</summary>
public sealed class RangeOptions : IChecked
{
    [Description("Lowest value.")]
    public double? Low { get; init; }

    [Description("Highest value.")]
    public double? High { get; init; }

    [Description("Drop a value outside instead of marking it Uncertain.")]
    public bool Drop { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        if (Low is null && High is null)
        {
            mistakes.Add("a range needs \"low\", \"high\" or both", []);
        }

        if (Low > High)
        {
            mistakes.Add($"low ({Low}) lies above high ({High}); exchange them", "low");
        }
    }
}
