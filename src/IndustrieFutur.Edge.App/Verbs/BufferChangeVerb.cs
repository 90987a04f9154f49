using System.CommandLine;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge buffer replay</c> and <c>purge</c>: send again what the disk still has, or give up what waits; while no service runs.</summary>
internal static class BufferChangeVerb
{
    public static Command CreateReplay()
    {
        var place = BufferFolder.Argument();
        var device = Device();
        var command = new Command("replay", "Let the next start send again all samples that are still on the disk: after a store has lost some. It overwrites those it has.") { place, device };
        command.SetAction(parsed => Change(parsed, place, device, SpoolCare.Replay, "échantillons à renvoyer au prochain démarrage/samples to be sent again at the next start"));
        return command;
    }

    public static Command CreatePurge()
    {
        var place = BufferFolder.Argument();
        var device = Device();
        var yes = new Option<bool>("--yes") { Description = "Do it: what no store has is lost for good." };
        var command = new Command("purge", "Give up what waits on the disk; the stores are told of the gap, and the ledger counts it as dropped.") { place, device, yes };
        command.SetAction(parsed =>
        {
            var (_, spool) = BufferFolder.Read(parsed, place);
            var waiting = spool.Streams.Where(stream => parsed.GetValue(device) is not { } name || stream.Name == name).Aggregate(0ul, (sum, stream) => sum + stream.Pending);
            return waiting == 0 || parsed.GetValue(yes)
                ? Change(parsed, place, device, SpoolCare.Purge, "échantillons abandonnés/samples given up")
                : throw new VerbFailedException(ExitCode.RefusedByRule, $"{waiting} samples wait that a store may lack; save them with \"ifedge buffer export\", then add --yes to give them up");
        });
        return command;
    }

    private static Option<string?> Device() => new("--device") { Description = "Of this device alone." };

    private static int Change(ParseResult parsed, Argument<string?> place, Option<string?> device, Func<string, string?, ulong> change, string words)
    {
        var (folder, spool) = BufferFolder.Read(parsed, place);
        if (parsed.GetValue(device) is { } name && spool.Streams.All(stream => stream.Name != name))
        {
            throw new VerbFailedException(ExitCode.Usage, $"{folder} has nothing of a device \"{name}\"; it has: {string.Join(", ", spool.Streams.Select(stream => stream.Name))}");
        }

        using var owned = DataDirectory.Own(Path.GetDirectoryName(folder)!);
        try
        {
            parsed.InvocationConfiguration.Output.Write($"{words} : {change(folder, parsed.GetValue(device))}\n");
            return ExitCode.Done;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(ExitCode.FoundProblems, $"the spool {folder} cannot be changed: {cause.Message} Make room, or ask as the user that the service runs as");
        }
    }
}
