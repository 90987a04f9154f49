using System.Globalization;
using IndustrieFutur.Edge.App.Configuration.Binding;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>
/// Makes the plan of the commands: each name becomes an index, each value is held against its target's limits, and what no command may be
/// is told where it stands.
/// </summary>
internal sealed class CommandPlanner(EdgeOptions options, DerivedPlanner signals, IReadOnlyDictionary<int, PlannedSignal> derived)
{
    private readonly ConditionPlanner _conditions = new(signals, derived);
    private readonly string[] _devices = [.. options.Devices.Keys];

    /// <summary>All that could be planned; the mistakes of the rest are added.</summary>
    public PlannedCommands Plan(Mistakes mistakes)
    {
        if (options.Commands is not { } written)
        {
            return PlannedCommands.None;
        }

        var under = mistakes.Under("commands");
        var safety = Safety(written, under);
        var commands = new List<CommandPlan>();
        foreach (var (id, command) in written.Commands)
        {
            if (Command(commands.Count, id, command, under.Under("commands", id)) is { } plan)
            {
                commands.Add(plan);
            }
        }

        CheckSparkplug(written, under);
        var reactions = new ReactionPlanner(options, _conditions, commands).Plan(under);
        return new PlannedCommands(commands, _conditions.Conditions, safety, reactions, CommandsHash.Of(options, SignalsOf(commands, safety, reactions)));
    }

    private int[] Safety(CommandsOptions written, Mistakes mistakes)
    {
        var found = new List<int>();
        for (var i = 0; i < written.SafetySignals.Count; i++)
        {
            var (name, place) = (written.SafetySignals[i], i.ToString(CultureInfo.InvariantCulture));
            var signal = _conditions.Signal(name, mistakes, "safetySignals", place);
            if (signal >= 0 && _conditions.KindOf(name) == ValueKind.Float64)
            {
                mistakes.Add($"{name} is a measurement, which never rests: every change of it would void what was prepared; take a state, or make a condition of it", "safetySignals", place);
            }
            else if (found.Contains(signal))
            {
                mistakes.Add($"{name} stands here twice; remove one", "safetySignals", place);
            }

            found.Add(signal);
        }

        return [.. found];
    }

    private CommandPlan? Command(int index, string id, CommandOptions command, Mistakes mistakes)
    {
        if (Target(command, mistakes) is not { } found)
        {
            return null;
        }

        var (target, device, place) = found;
        var isStop = command.Parameters.Count == 0 && target.Stops(command.Values);
        CheckValues(command, target, mistakes);
        CommandRules.Check(command, target, isStop, mistakes);
        var (effect, effectSignal) = Effect(command, mistakes);
        return new CommandPlan
        {
            Index = index,
            Id = id,
            Device = device,
            Target = place,
            TargetWords = $"{command.Target} ({target.Words})",
            NameFr = command.Name?.Fr ?? "",
            NameEn = command.Name?.En ?? "",
            Level = CommandRules.LevelOf(command, target, isStop),
            IsStop = isStop,
            NeedsLease = command.Lease || target.SetsInMotion,
            NeedsTwo = command.TwoPersons,
            Roles = command.Roles,
            Users = command.Users,
            Parameters = [.. command.Parameters.Select(parameter => Parameter(parameter.Key, parameter.Value, target, mistakes.Under("parameters", parameter.Key)))],
            Values = command.Values,
            Interlocks = Interlocks(command, mistakes),
            Effect = effect,
            EffectSignal = effectSignal,
            EffectTolerance = command.Effect?.Tolerance ?? 0,
            EffectNanos = Nanos(command.Effect?.Within ?? TimeSpan.Zero),
            SparkplugSignal = command.Sparkplug is { } sparkplug ? _conditions.Signal(sparkplug, mistakes, "sparkplug") : -1,
        };
    }

    private (TargetOptions Target, int Device, int Place)? Target(CommandOptions command, Mistakes mistakes)
    {
        // A missing one, or one of another form, has its own sentence.
        if (command.Target.Split('/') is not [var device, var id])
        {
            return null;
        }

        if (!options.Devices.TryGetValue(device, out var written))
        {
            var nearest = NearestKey.Find(device, _devices);
            mistakes.Add($"there is no device \"{device}\"; {(nearest is null ? $"write one of: {string.Join(", ", _devices)}" : $"did you mean \"{nearest}/{id}\"?")}", "target");
            return null;
        }

        var targets = written.CommandTargets().ToArray();
        var place = Array.FindIndex(targets, target => target.Key == id);
        if (place >= 0)
        {
            return (targets[place].Value, Array.IndexOf(_devices, device), place);
        }

        mistakes.Add(NoTarget(device, written, id, targets), "target");
        return null;
    }

    private static string NoTarget(string device, DeviceOptions written, string id, KeyValuePair<string, TargetOptions>[] targets)
    {
        if (targets.Length == 0)
        {
            return written.GetType().GetProperty("Targets") is null
                ? $"the driver \"{written.Driver}\" of {device} only reads, so nothing of it can be commanded; take a device of another driver"
                : $"the device {device} declares no target; add it under devices.{device}.targets";
        }

        var nearest = NearestKey.Find(id, targets.Select(target => target.Key));
        return $"the device {device} has no target \"{id}\"; "
            + (nearest is null ? $"declare it under devices.{device}.targets, or write one of: {string.Join(", ", targets.Select(target => target.Key))}" : $"did you mean \"{device}/{nearest}\"?");
    }

    private static void CheckValues(CommandOptions command, TargetOptions target, Mistakes mistakes)
    {
        var count = command.Parameters.Count + command.Values.Count;
        if (count != target.ValueCount)
        {
            mistakes.Add(
                target.ValueCount == 0
                    ? $"{command.Target} takes no value; remove what is given it"
                    : $"{command.Target} takes {target.ValueCount} value{(target.ValueCount == 1 ? "" : "s")}, and {count} are given; say each under \"parameters\" (a person is asked) or \"values\" (always the same)",
                command.Values.Count > 0 ? "values" : "parameters");
        }

        for (var i = 0; i < command.Values.Count; i++)
        {
            if (MistakeIn(command.Values[i], target) is { } mistake)
            {
                mistakes.Add($"{Number(command.Values[i])} {mistake}", "values", i.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private ParameterPlan Parameter(string id, ParameterOptions parameter, TargetOptions target, Mistakes mistakes)
    {
        if (target.Choices.Count > 0 && (parameter.Min ?? parameter.Max ?? parameter.Rate?.Change) is not null)
        {
            mistakes.Add($"is one of the target's words ({string.Join(", ", target.Choices)}), which have no limits; remove them", parameter.Min is not null ? "min" : parameter.Max is not null ? "max" : "rate");
        }

        if (target.Choices.Count == 0 && parameter is { Min: null, Max: null })
        {
            mistakes.Add("a number that a person says needs limits; add \"min\" and \"max\"");
        }

        foreach (var (key, limit) in new[] { ("min", parameter.Min), ("max", parameter.Max) })
        {
            if (target.Choices.Count == 0 && limit is { } value && MistakeIn(value, target) is { } mistake)
            {
                mistakes.Add($"{Number(value)} {mistake}", key);
            }
        }

        return new ParameterPlan
        {
            Id = id,
            NameFr = parameter.Name?.Fr ?? "",
            NameEn = parameter.Name?.En ?? "",
            Unit = parameter.Unit,
            Low = parameter.Min ?? double.NegativeInfinity,
            High = parameter.Max ?? double.PositiveInfinity,
            Step = parameter.Step,
            Choices = target.Choices,
            RateChange = parameter.Rate?.Change ?? double.PositiveInfinity,
            RateSignal = parameter.Rate?.Signal is { } signal ? _conditions.Signal(signal, mistakes, "rate", "signal") : -1,
            RateNanos = Nanos(parameter.Rate?.Every ?? TimeSpan.Zero),
        };
    }

    /// <summary>A choice is its place in the list.</summary>
    private static string? MistakeIn(double value, TargetOptions target) =>
        !double.IsFinite(value) ? "is no number that can be sent"
        : target.Choices.Count > 0 && !(value >= 0 && value < target.Choices.Count && value == Math.Floor(value))
            ? $"is no place in the target's list; write 0 for \"{target.Choices[0]}\"{(target.Choices.Count > 1 ? $", up to {target.Choices.Count - 1} for \"{target.Choices[^1]}\"" : "")}"
        : target.MistakeIn(value);

    private int[] Interlocks(CommandOptions command, Mistakes mistakes)
    {
        var found = new List<int>();
        for (var i = 0; i < command.Interlocks.Count; i++)
        {
            found.Add(_conditions.Add(command.Interlocks[i].When, command.Interlocks[i].Message, mistakes, "interlocks", i.ToString(CultureInfo.InvariantCulture), "when"));
        }

        return [.. found];
    }

    private (int Condition, int Signal) Effect(CommandOptions command, Mistakes mistakes)
    {
        var effect = command.Effect;
        if (effect?.Signal is { } signal && command.Parameters.Count + command.Values.Count == 0)
        {
            mistakes.Add("the command carries no value that a signal could show; write \"when\", a condition", "effect", "signal");
        }

        return (
            effect?.When is { } when ? _conditions.Add(when, null, mistakes, "effect", "when") : -1,
            effect?.Signal is { } shows ? _conditions.Signal(shows, mistakes, "effect", "signal") : -1);
    }

    /// <summary>A host names a command by one metric, and nobody must guess which.</summary>
    private static void CheckSparkplug(CommandsOptions written, Mistakes mistakes)
    {
        var owners = new Dictionary<string, string>();
        foreach (var (id, command) in written.Commands)
        {
            if (command.Sparkplug is { } signal && !owners.TryAdd(signal, id))
            {
                mistakes.Add($"{signal} gives the command \"{owners[signal]}\" already; take another signal, or remove it", "commands", id, "sparkplug");
            }
        }
    }

    /// <summary>Whatever the commands rest on: another meaning of one of these is another set of commands.</summary>
    private IReadOnlyList<int> SignalsOf(List<CommandPlan> commands, int[] safety, IReadOnlyList<ReactionPlan> reactions) => _conditions.AllBelow(
        _conditions.Conditions.SelectMany(condition => condition.Signals)
            .Concat(commands.Select(command => command.EffectSignal))
            .Concat(commands.SelectMany(command => command.Parameters).Select(parameter => parameter.RateSignal))
            .Concat(safety)
            .Concat(reactions.SelectMany(reaction => new[] { reaction.Signal, reaction.NotAboveSignal }))
            .Where(signal => signal >= 0));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static long Nanos(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;
}
