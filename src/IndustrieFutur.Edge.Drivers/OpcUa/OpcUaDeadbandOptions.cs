using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>How much a number must change before the server sends it (OPC UA Part 4, 7.22.2). Texts and booleans are sent at each change.</summary>
public sealed class OpcUaDeadbandOptions : IChecked
{
    [Range(0.0, double.MaxValue)]
    [Description("In the units of the server's value. Either this or \"percent\".")]
    public double? Absolute { get; init; }

    [Range(0.0, 100.0)]
    [Description("Of the node's EURange, which the server must have.")]
    public double? Percent { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Absolute is null == Percent is null)
        {
            mistakes.Add("a server's deadband is either \"absolute\" or \"percent\"; write one of them", []);
        }
    }
}
