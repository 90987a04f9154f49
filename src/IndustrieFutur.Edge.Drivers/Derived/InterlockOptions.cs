using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>A condition that must hold before something may be done, with the sentence that says so.</summary>
public sealed class InterlockOptions
{
    [Required]
    [Description("The condition, an expression; true: it is fulfilled. Only Good inputs fulfil it.")]
    public string When { get; init; } = "";

    [Required]
    [Description("What people read while it is not fulfilled.")]
    public LocalizedName? Message { get; init; }
}
