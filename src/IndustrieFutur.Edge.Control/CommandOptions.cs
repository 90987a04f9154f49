using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Control;

/// <summary>One command: an intent of a person, not a raw write.</summary>
public sealed class CommandOptions
{
    private static readonly string[] RoleWords = ["operator", "trainer", "integrator", "admin"];

    [Required]
    [Description("What it is called on the operators' screens.")]
    public LocalizedName? Name { get; init; }

    [Required]
    [RegularExpression("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]
    [Description("What it writes or sets off: device/target, as under the device's \"targets\".")]
    public string Target { get; init; } = "";

    [Range(1, 2)]
    [Description("1: a person confirms. 2: prepared first, which shows all interlocks, then executed within 10 s. What sets a machine in motion is 2.")]
    public int? Level { get; init; }

    [MaxLength(4)]
    [Description("What whoever gives it has to say, by id, in the order of the target's values. Either these or \"values\".")]
    public IReadOnlyDictionary<string, ParameterOptions> Parameters { get; init; } = new Dictionary<string, ParameterOptions>();

    [MaxLength(4)]
    [Description("What it always writes, when nobody is asked: numbers, true as 1.")]
    public IReadOnlyList<double> Values { get; init; } = [];

    [MaxLength(16)]
    [Description("What must hold on live values, each with a sentence for who must mend it. A value that is not Good and fresh refuses. A stop has none.")]
    public IReadOnlyList<CommandInterlockOptions> Interlocks { get; init; } = [];

    [Required]
    [Description("How it is seen that it worked.")]
    public EffectOptions? Effect { get; init; }

    [Description("Roles that may give it: operator, trainer, integrator, admin. Without it all of them.")]
    public IReadOnlyList<string> Roles { get; init; } = RoleWords;

    [MaxLength(32)]
    [Description("Only these users may give it, and of them those with a role of \"roles\".")]
    public IReadOnlyList<string> Users { get; init; } = [];

    [Description("Another person must agree to it while it is prepared (ifedge commands approve).")]
    public bool TwoPersons { get; init; }

    [Description("Only who has the lease may give it; always so for what sets a machine in motion.")]
    public bool Lease { get; init; }

    [Description("The signal, device/signal, that a Sparkplug host writes to give this command of level 1.")]
    public string? Sparkplug { get; init; }

    internal void CheckAlone(Mistakes mistakes)
    {
        if (Parameters.Count > 0 && Values.Count > 0)
        {
            mistakes.Add("has both \"parameters\" and \"values\"; what nobody is asked for stands under \"values\", remove one", "values");
        }

        foreach (var role in Roles.Where(role => !RoleWords.Contains(role)))
        {
            mistakes.Add($"there is no role \"{role}\" that may give commands; write one of: {string.Join(", ", RoleWords)}", "roles");
        }

        foreach (var (id, parameter) in Parameters)
        {
            parameter.CheckAlone(mistakes.Under("parameters", id));
        }

        Effect?.CheckAlone(mistakes.Under("effect"));
        if (Sparkplug is not null && (Level == 2 || TwoPersons || Lease))
        {
            mistakes.Add("a Sparkplug host can only give what is of level 1, without lease and second person; remove it", "sparkplug");
        }
    }
}
