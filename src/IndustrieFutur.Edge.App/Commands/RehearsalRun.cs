using System.Globalization;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>One command as it is rehearsed: with its least values, or with its greatest.</summary>
/// <param name="Command">The command.</param>
/// <param name="Goal">What it is given in the end, by the parameters' places.</param>
internal sealed record RehearsalRun(CommandPlan Command, IReadOnlyList<double> Goal)
{
    public string Name => Command.Parameters.Count == 0 ? Command.Id : $"{Command.Id} {string.Join(' ', WordsOf(Goal).Select(value => $"{value.Key}={value.Value}"))}";

    /// <summary>A command without parameters once, another one with the least and the greatest of all.</summary>
    public static IEnumerable<RehearsalRun> Of(CellPlan plan) => plan.Commands.SelectMany(command => command.Parameters.Count == 0
        ? [new RehearsalRun(command, [])]
        : new[] { new RehearsalRun(command, [.. command.Parameters.Select(Least)]), new RehearsalRun(command, [.. command.Parameters.Select(Greatest)]) }
            .DistinctBy(run => string.Join(' ', run.Goal)));

    /// <summary>As whoever gives the command writes them.</summary>
    public IReadOnlyDictionary<string, string> WordsOf(IReadOnlyList<double> values) => Command.Parameters.Select((parameter, place) => (parameter, value: values[place])).ToDictionary(
        pair => pair.parameter.Id,
        pair => pair.parameter.Choices.Count > 0 ? pair.parameter.Choices[(int)pair.value] : pair.value.ToString("R", CultureInfo.InvariantCulture));

    private static double Least(ParameterPlan parameter) => parameter.Choices.Count > 0 ? 0 : parameter.Low;

    private static double Greatest(ParameterPlan parameter) => parameter.Choices.Count > 0 ? parameter.Choices.Count - 1
        : parameter.Step > 0 ? parameter.Low + (Math.Floor(((parameter.High - parameter.Low) / parameter.Step) + 1e-9) * parameter.Step)
        : parameter.High;
}
