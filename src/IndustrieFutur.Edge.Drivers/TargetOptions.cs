using System.ComponentModel;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>
/// Something of a device that a command may set off: declared, one by one, under the device's <c>"targets"</c>; each driver that can write adds its
/// own keys in a class below this one. Nothing else can be written.
/// </summary>
public abstract class TargetOptions : IChecked
{
    [Description("What it is, as operators read it.")]
    public LocalizedName? Name { get; init; }

    /// <summary>How many values an order to it carries: at most 4.</summary>
    public abstract int ValueCount { get; }

    /// <summary>The words one of which its value stands for, in the order of the values; empty where it takes numbers.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>It may set a machine in motion: level 2, and a lease by a named operator at the cell.</summary>
    public virtual bool SetsInMotion => false;

    /// <summary>What it is on the wire, for people and the audit: "modbus 4x0", "dashboard stop".</summary>
    public abstract string Words { get; }

    /// <summary>With these values it can only stop something.</summary>
    public virtual bool Stops(IReadOnlyList<double> values) => false;

    /// <summary>Why it cannot be sent this value, and what to write instead; null when it can.</summary>
    public virtual string? MistakeIn(double value) => null;

    /// <inheritdoc/>
    public virtual void Check(Mistakes mistakes)
    {
    }
}
