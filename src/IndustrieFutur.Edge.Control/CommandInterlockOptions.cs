using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Control;

/// <summary>A condition that must hold before a command is given, and still when it is sent.</summary>
public sealed class CommandInterlockOptions
{
    [Required]
    [Description("The condition, such as \"not cobot/safety.pstop and plc/conv.speed < 1\".")]
    public string When { get; init; } = "";

    [Required]
    [Description("What a person reads when it does not hold, and what to do.")]
    public LocalizedName? Message { get; init; }
}
