using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>Signals of a torque driver under one name. They come by themselves: a group has no interval.</summary>
public sealed class OpenProtocolGroupOptions
{
    [Required]
    [MinLength(1)]
    [Description("The signals, by id.")]
    public IReadOnlyDictionary<string, OpenProtocolSignalOptions> Signals { get; init; } = new Dictionary<string, OpenProtocolSignalOptions>();
}
