using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Control;

/// <summary>A value that whoever gives a command has to say.</summary>
public sealed class ParameterOptions
{
    [Description("What it is called.")]
    public LocalizedName? Name { get; init; }

    [Description("Its unit, such as mm/s.")]
    public string Unit { get; init; } = "";

    [Description("The least value. A number needs both limits; a choice of the target's has none.")]
    public double? Min { get; init; }

    [Description("The greatest value.")]
    public double? Max { get; init; }

    [Range(0, 1e12)]
    [Description("Only so many of these from \"min\" on; without it any value between.")]
    public double Step { get; init; }

    [Description("How fast it may be changed.")]
    public RateOptions? Rate { get; init; }

    internal void CheckAlone(Mistakes mistakes)
    {
        if (Min is not null && Max is not null && !(Min <= Max))
        {
            mistakes.Add("is above \"max\"; exchange them", "min");
        }

        if (Min is null != Max is null)
        {
            mistakes.Add("a limit is missing; write both \"min\" and \"max\"", Min is null ? "min" : "max");
        }

        if (Rate is { Change: not null, Signal: null })
        {
            mistakes.Add("is missing: the signal, device/signal, that shows the value in force, from which \"change\" is counted", "rate", "signal");
        }
    }
}
