using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>One thing that a robot may be told through its dashboard.</summary>
public sealed partial class DashboardTargetOptions : TargetOptions
{
    /// <summary>A person chooses among them; who has more needs more targets.</summary>
    private const int ProgramsMax = 64;

    /// <summary>With the verb it stays well below what a dashboard takes as a line.</summary>
    private const int ProgramCharactersMax = 200;

    [Required]
    [Description("What it tells the robot: load (one of \"programs\"), play, pause or stop. Nothing else can be said.")]
    public DashboardVerb? Verb { get; init; }

    [Description("The programs that may be loaded, by their path on the robot, such as \"pick.urp\"; only for load.")]
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <inheritdoc/>
    public override int ValueCount => Verb == DashboardVerb.Load ? 1 : 0;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => Verb == DashboardVerb.Load ? Programs : [];

    /// <inheritdoc/>
    public override bool SetsInMotion => Verb == DashboardVerb.Play;

    /// <inheritdoc/>
    public override string Words => Verb switch
    {
        DashboardVerb.Load => "dashboard load",
        DashboardVerb.Play => "dashboard play",
        DashboardVerb.Pause => "dashboard pause",
        _ => "dashboard stop",
    };

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> values) => Verb is DashboardVerb.Pause or DashboardVerb.Stop;

    /// <inheritdoc/>
    public override string? MistakeIn(double value) =>
        TryFindProgram(value, out _) ? null : $"is none of the target's programs; write the place of one in the list, 0 to {Choices.Count - 1}";

    /// <inheritdoc/>
    public override void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        base.Check(mistakes);
        if (Verb == DashboardVerb.Load && Programs.Count is 0 or > ProgramsMax)
        {
            mistakes.Add($"to load needs the programs that may be loaded, 1 to {ProgramsMax}; write \"programs\": [\"pick.urp\"]", "programs");
        }

        if (Verb is not (null or DashboardVerb.Load) && Programs.Count > 0)
        {
            mistakes.Add("only \"load\" takes a program; remove \"programs\", or write \"verb\": \"load\"", "programs");
        }

        foreach (var program in Programs.Where(program => !IsProgram(program)))
        {
            mistakes.Add(
                $"\"{Printable(program)}\" is no program that can be loaded: letters without accents, digits, and \"_ - . /\", never \"..\", with \".urp\" at the end, {ProgramCharactersMax} characters at most; rename it on the robot, or correct it",
                "programs");
        }

        foreach (var program in Programs.GroupBy(static program => program, StringComparer.Ordinal).Where(static same => same.Count() > 1))
        {
            mistakes.Add($"\"{Printable(program.Key)}\" is there twice; remove one", "programs");
        }
    }

    /// <summary>The program that a value stands for: its place in the list.</summary>
    internal bool TryFindProgram(double value, out string program)
    {
        var isOne = value >= 0 && value < Choices.Count && value == Math.Floor(value);
        program = isOne ? Choices[(int)value] : "";
        return isOne;
    }

    /// <summary>What is sent to the dashboard is made of this: no blank, no line end, no way out of the folder of programs.</summary>
    internal static bool IsProgram(string program) =>
        program.Length <= ProgramCharactersMax && ProgramPattern().IsMatch(program) && !program.Contains("..", StringComparison.Ordinal);

    /// <summary>The end is \z: $ would let a line end through.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_./-]+\.urp\z", RegexOptions.CultureInvariant)]
    private static partial Regex ProgramPattern();

    private static string Printable(string program) => string.Concat(program.Select(static one => char.IsControl(one) ? '?' : one));
}
