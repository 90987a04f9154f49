using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>
/// Makes the plan of the reactions. They stop something, or set what is not above the live value; nothing else, and never in a circle.
/// </summary>
internal sealed class ReactionPlanner(EdgeOptions options, ConditionPlanner conditions, IReadOnlyList<CommandPlan> commands)
{
    public IReadOnlyList<ReactionPlan> Plan(Mistakes mistakes)
    {
        var planned = new List<ReactionPlan>();
        foreach (var (id, reaction) in options.Commands!.Reactions)
        {
            if (Reaction(planned.Count, id, reaction, mistakes.Under("reactions", id)) is { } plan)
            {
                planned.Add(plan);
            }
        }

        CheckCircles(planned, mistakes);
        return planned;
    }

    private ReactionPlan? Reaction(int index, string id, ReactionOptions reaction, Mistakes mistakes)
    {
        var signal = conditions.Signal(reaction.When, mistakes, "when");
        if (signal >= 0 && conditions.KindOf(reaction.When) != ValueKind.Boolean)
        {
            mistakes.Add($"{reaction.When} is a number, and what is true or false is needed here; make a derived signal of a condition on it", "when");
        }

        var command = commands.FirstOrDefault(command => command.Id == reaction.Command);
        if (command is null)
        {
            // One that has a mistake of its own is told there.
            if (reaction.Command.Length > 0 && !options.Commands!.Commands.ContainsKey(reaction.Command))
            {
                mistakes.Add($"there is no command \"{reaction.Command}\"; write one of: {string.Join(", ", commands.Select(each => each.Id))}", "command");
            }

            return null;
        }

        CheckGiven(reaction, command, mistakes);
        var notAbove = reaction.NotAbove is { } above ? conditions.Signal(above, mistakes, "notAbove") : -1;
        return signal < 0 ? null : new ReactionPlan
        {
            Index = index,
            Id = id,
            Signal = signal,
            Command = command.Index,
            Values = reaction.Values,
            NotAboveSignal = notAbove,
            PerHourMax = reaction.PerHour,
        };
    }

    private void CheckGiven(ReactionOptions reaction, CommandPlan command, Mistakes mistakes)
    {
        if (command.IsStop)
        {
            if (reaction.Values.Count > 0 || reaction.NotAbove is not null)
            {
                mistakes.Add($"\"{command.Id}\" is a stop and is given as it is; remove \"values\" and \"notAbove\"", reaction.Values.Count > 0 ? "values" : "notAbove");
            }

            return;
        }

        var target = options.Devices.ElementAt(command.Device).Value.CommandTargets().ElementAt(command.Target).Value;
        if (target.SetsInMotion)
        {
            mistakes.Add($"\"{command.Id}\" may set a machine in motion, which no rule does by itself; write a command that stops", "command");
        }
        else if (command.Parameters.Count != 1 || command.Parameters[0].Choices.Count > 0)
        {
            mistakes.Add($"\"{command.Id}\" is neither a stop nor a command that is given one number; a rule gives nothing else by itself", "command");
        }
        else if (reaction.Values.Count != 1 || reaction.NotAbove is null)
        {
            mistakes.Add(
                $"\"{command.Id}\" sets a value: write which under \"values\", and under \"notAbove\" the signal, device/signal, whose live value it must not exceed",
                reaction.Values.Count != 1 ? "values" : "notAbove");
        }
        else if (!(reaction.Values[0] >= command.Parameters[0].Low && reaction.Values[0] <= command.Parameters[0].High))
        {
            mistakes.Add($"is outside of the limits of \"{command.Id}\"; write a value from its \"min\" to its \"max\"", "values", "0");
        }
    }

    /// <summary>
    /// A reaction changes its command's device. Where signals of that device set off another one, and so on round to the first, they could set
    /// one another off.
    /// </summary>
    private void CheckCircles(List<ReactionPlan> planned, Mistakes mistakes)
    {
        var deviceOf = options.Devices.Values.SelectMany((device, index) => device.Entries().Select(_ => index)).ToArray();
        var next = planned.Select(reaction => planned
            .Where(other => conditions.LeavesOf([other.Signal]).Any(leaf => deviceOf[leaf] == commands[reaction.Command].Device))
            .ToArray()).ToArray();
        var told = new HashSet<int>();
        foreach (var reaction in planned.Where(reaction => !told.Contains(reaction.Index)))
        {
            if (CircleFrom(reaction, next) is { } circle)
            {
                told.UnionWith(circle.Select(each => each.Index));
                mistakes.Add(
                    $"could set itself off: {string.Join(" -> ", circle.Append(reaction).Select(each => each.Id))}, each changes the device whose signal sets off the next; break the circle, for instance by a signal of another device",
                    "reactions", reaction.Id);
            }
        }
    }

    /// <summary>The shortest way from a reaction round to itself; null: there is none.</summary>
    private static List<ReactionPlan>? CircleFrom(ReactionPlan first, ReactionPlan[][] next)
    {
        var before = new Dictionary<int, ReactionPlan>();
        var waiting = new Queue<ReactionPlan>([first]);
        while (waiting.TryDequeue(out var reaction))
        {
            foreach (var other in next[reaction.Index])
            {
                if (other == first)
                {
                    var circle = new List<ReactionPlan> { reaction };
                    while (circle[0] != first)
                    {
                        circle.Insert(0, before[circle[0].Index]);
                    }

                    return circle;
                }

                if (before.TryAdd(other.Index, reaction))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return null;
    }
}
