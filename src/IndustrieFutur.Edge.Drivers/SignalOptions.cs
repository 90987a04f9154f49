using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>What an integrator may say of any signal; each driver adds where to find it.</summary>
public abstract class SignalOptions
{
    [Description("The signal's name, as operators read it.")]
    public LocalizedName? Name { get; init; }

    [MaxLength(32)]
    [Description("Engineering unit, such as \"m/s\" or \"degC\".")]
    public string Unit { get; init; } = "";

    [Description("value = raw * scale + offset; the result is a floating point number.")]
    public double Scale { get; init; } = 1;

    [Description("value = raw * scale + offset.")]
    public double Offset { get; init; }

    [Description("What the value may be; outside it is marked Uncertain, or dropped.")]
    public RangeOptions? Range { get; init; }

    [Description("How much the value must change before it is sent again; without it every sample is sent.")]
    public DeadbandOptions? Deadband { get; init; }

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    [Description("After so long without a sample the last value is marked Uncertain.")]
    public TimeSpan? StaleAfter { get; init; }

    [Range(1, 1024)]
    [Description("Longest text in bytes; longer ones are cut. Only for text.")]
    public int TextBytes { get; init; } = 64;

    /// <summary>How the driver delivers the value.</summary>
    public abstract ValueKind RawKind { get; }
}
