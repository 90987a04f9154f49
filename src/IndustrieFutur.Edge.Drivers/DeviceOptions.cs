using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>What an integrator writes for any device; each driver adds its own keys in a class below this one.</summary>
public abstract class DeviceOptions : IChecked
{
    [Required]
    [Description("Which driver speaks to the device.")]
    public string Driver { get; init; } = "";

    [Description("The device's name, as operators read it.")]
    public LocalizedName? Name { get; init; }

    [Description("Which of this device's samples are dropped when the spool is full: oldest or newest; without it what \"spool\": { \"drop\" } says.")]
    public DropPolicy? SpoolDrop { get; init; }

    /// <summary>Its values are read in turns; false where they are only told when they change, or made by the stages.</summary>
    [JsonIgnore]
    public virtual bool IsRead => true;

    /// <summary>
    /// What the device says of all its targets beside where it is found: the base that addresses count from, what ends a message. It is a part of
    /// the set of commands that is armed.
    /// </summary>
    [JsonIgnore]
    public virtual string TargetTerms => "";

    /// <summary>What commands may write or set off, by id, in the order of the file; empty for a driver that only reads.</summary>
    public virtual IEnumerable<KeyValuePair<string, TargetOptions>> CommandTargets() => [];

    /// <summary>The signals with the group each stands in, in the order of the file.</summary>
    public abstract IEnumerable<SignalEntry> Entries();

    /// <inheritdoc/>
    public virtual void Check(Mistakes mistakes)
    {
        if (!Entries().Any())
        {
            mistakes.Add("the device has no signal; give at least one group with one signal, or remove the device", "groups");
        }

        foreach (var entry in Entries())
        {
            entry.Options.CheckFilters(mistakes.Under(entry.Path));
            entry.Options.CheckNumeric(entry.Options.RawKind, mistakes.Under(entry.Path));
        }

        foreach (var (id, target) in CommandTargets())
        {
            target.Check(mistakes.Under("targets", id));
        }
    }
}
