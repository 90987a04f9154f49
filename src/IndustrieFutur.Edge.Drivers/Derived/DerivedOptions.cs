using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>A device that is none: its signals are made by the stages out of those of other devices.</summary>
public sealed class DerivedOptions : DeviceOptions
{
    /// <summary>The entry in the catalog: nothing is opened for it.</summary>
    public static readonly DriverKind DriverKind = new(
        "derived",
        typeof(DerivedOptions),
        static _ => "",
        static (_, _) => null,
        static (_, _, _, _) => throw new InvalidOperationException("Derived signals have no driver; the stages make them."))
    {
        IsDerived = true,
    };

    [Required]
    [MinLength(1)]
    [Description("The signals, by id.")]
    public IReadOnlyDictionary<string, DerivedSignalOptions> Signals { get; init; } = new Dictionary<string, DerivedSignalOptions>();

    /// <inheritdoc/>
    public override bool IsRead => false;

    /// <inheritdoc/>
    public override IEnumerable<SignalEntry> Entries() =>
        Signals.Select(signal => new SignalEntry("", signal.Value.Window?.Over ?? TimeSpan.Zero, signal.Key, signal.Value));

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        foreach (var (id, signal) in Signals)
        {
            var under = mistakes.Under("signals", id);
            signal.CheckFilters(under);
            signal.CheckIn(under);
        }
    }
}
