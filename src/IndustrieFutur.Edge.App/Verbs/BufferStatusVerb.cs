using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge buffer status</c>: how much waits, since when, and in what state the files are.</summary>
internal static class BufferStatusVerb
{
    public static Command Create()
    {
        var place = BufferFolder.Argument();
        var json = VerbOptions.Json();
        var command = new Command("status", "Show what waits on the disk, per device, and since when; beside a running service too.") { place, json };
        command.SetAction(parsed =>
        {
            var (folder, spool) = BufferFolder.Read(parsed, place);
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? Json(folder, spool).ToJsonString() + "\n" : Text(folder, spool));
            return spool.DamagedPlaces > 0 ? ExitCode.FoundProblems : ExitCode.Done;
        });
        return command;
    }

    private static string Text(string folder, SpoolInspection spool)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"tampon/buffer : {folder}, {spool.BytesOnDisk / 1e6:0.0} Mo/MB, segments : {spool.Segments}"),
        };
        lines.AddRange(spool.Streams.Select(Line));
        if (spool.Streams.Count == 0)
        {
            lines.Add("  vide/empty");
        }

        if (spool.DamagedPlaces > 0)
        {
            lines.Add($"ENDOMMAGÉ en {spool.DamagedPlaces} endroits, vérifiez le disque / DAMAGED in {spool.DamagedPlaces} places, look at the disk's health");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Line(StoredStream stream)
    {
        var since = stream.OldestUtcNanos == 0 ? "" : $", depuis/since {BufferText.Time(stream.OldestUtcNanos)}";
        var dropped = stream.Dropped == 0 ? "" : $", perdus/dropped : {stream.Dropped}";
        return $"  {stream.Name,-24} en attente/waiting : {stream.Pending}{since}{dropped}, sur le disque/on the disk : {stream.Kept}";
    }

    private static JsonObject Json(string folder, SpoolInspection spool) => new()
    {
        ["folder"] = folder,
        ["bytes"] = spool.BytesOnDisk,
        ["segments"] = spool.Segments,
        ["damagedPlaces"] = spool.DamagedPlaces,
        ["streams"] = new JsonArray([.. spool.Streams.Select(Json)]),
    };

    private static JsonObject Json(StoredStream stream) => new()
    {
        ["device"] = stream.Name,
        ["epoch"] = stream.Epoch,
        ["next"] = stream.Next,
        ["pending"] = stream.Pending,
        ["kept"] = stream.Kept,
        ["dropped"] = stream.Dropped,
        ["oldest"] = stream.OldestUtcNanos == 0 ? null : BufferText.Time(stream.OldestUtcNanos),
    };
}
