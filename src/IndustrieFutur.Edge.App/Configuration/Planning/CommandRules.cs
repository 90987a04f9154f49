using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.App.Configuration.Planning;

/// <summary>What a command may be, by what its target does to a machine.</summary>
internal static class CommandRules
{
    /// <summary>1 only where it was written, and for a stop: whoever has to stop something is not asked twice.</summary>
    public static int LevelOf(CommandOptions command, TargetOptions target, bool isStop) =>
        target.SetsInMotion || command.TwoPersons ? 2 : command.Level ?? (isStop ? 1 : 2);

    public static void Check(CommandOptions command, TargetOptions target, bool isStop, Mistakes mistakes)
    {
        if (isStop)
        {
            CheckStop(command, mistakes);
        }

        if (command.Level == 1 && target.SetsInMotion)
        {
            mistakes.Add($"{command.Target} may set a machine in motion, so it is prepared first, which shows all interlocks; write 2, or remove it", "level");
        }

        if (command.Level == 1 && command.TwoPersons)
        {
            mistakes.Add("another person agrees while it is prepared, which level 1 is not; write 2, or remove it", "level");
        }

        if (command.Sparkplug is null)
        {
            return;
        }

        if (target.SetsInMotion)
        {
            mistakes.Add($"{command.Target} may set a machine in motion, which a Sparkplug host never does; remove it", "sparkplug");
        }
        else if (LevelOf(command, target, isStop) == 2)
        {
            mistakes.Add("a Sparkplug host can only give what is of level 1; write \"level\": 1, or remove it", "sparkplug");
        }
    }

    /// <summary>Nothing that is stale, absent or somebody else's may keep anybody from stopping a machine.</summary>
    private static void CheckStop(CommandOptions command, Mistakes mistakes)
    {
        if (command.Interlocks.Count > 0)
        {
            mistakes.Add("a stop has no interlocks: a stale input must not refuse it; remove them", "interlocks");
        }

        if (command.Lease)
        {
            mistakes.Add("a stop needs no lease: whoever is there stops; remove it", "lease");
        }

        if (command.TwoPersons)
        {
            mistakes.Add("a stop waits for no second person; remove it", "twoPersons");
        }
    }
}
