using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Control;

/// <summary>
/// A rule that gives a stop by itself when a signal becomes true. It is no safety function, and it comes later than any. A person has to arm it again
/// each time.
/// </summary>
public sealed class ReactionOptions
{
    [Required]
    [RegularExpression("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]
    [Description("The signal, device/signal, true or false, whose rise sets it off; a condition is made a derived signal (\"expression\").")]
    public string When { get; init; } = "";

    [Required]
    [Description("The command, one that only stops; or one that sets a value, with \"values\" and \"notAbove\".")]
    public string Command { get; init; } = "";

    [MaxLength(4)]
    [Description("What the command is given, where it has parameters.")]
    public IReadOnlyList<double> Values { get; init; } = [];

    [Description("The signal, device/signal, whose live value the given one must not exceed: a reaction may make slower, never faster.")]
    public string? NotAbove { get; init; }

    [Range(1, 3_600)]
    [Description("Most times in an hour; more are told, and not given.")]
    public int PerHour { get; init; } = 12;
}
