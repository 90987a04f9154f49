using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge audit show</c>: the last lines of the audit, for people or as JSON lines.</summary>
internal static class AuditShowVerb
{
    /// <summary>Held in memory while the audit is read through; a person reads fewer.</summary>
    private const int LastMax = 100_000;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var place = AuditVerb.Place();
        var last = new Option<int>("--last") { Description = "So many lines, the newest ones.", DefaultValueFactory = _ => 50 };
        last.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LastMax)
            {
                result.AddError($"--last takes 1 to {LastMax}");
            }
        });
        var of = new Option<string?>("--command") { Description = "Only lines of this command, by its id in the configuration." };
        var who = new Option<string?>("--who") { Description = "Only lines of this user." };
        var json = VerbOptions.Json();
        var command = new Command("show", "Show the newest lines: who asked what, how the guards stood, how it ended.") { place, last, of, who, json };
        command.SetAction(parsed =>
        {
            var records = AuditVerb.Read(parsed, place, folder => Last(folder, parsed.GetValue(last), parsed.GetValue(of), parsed.GetValue(who)));
            var isJson = parsed.GetValue(json);
            foreach (var record in records)
            {
                parsed.InvocationConfiguration.Output.Write((isJson ? JsonSerializer.Serialize(record, Readable) : Text(record)) + "\n");
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>An outcome of an order of that command is one of its lines: it bears the command's id, as the gate writes it.</summary>
    private static Queue<AuditRecord> Last(string folder, int count, string? command, string? who)
    {
        var last = new Queue<AuditRecord>();
        foreach (var record in AuditReader.Read(folder).Where(record => (command ?? record.Command) == record.Command && (who ?? record.Who) == record.Who))
        {
            if (last.Count == count)
            {
                last.Dequeue();
            }

            last.Enqueue(record);
        }

        return last;
    }

    private static string Text(AuditRecord record)
    {
        var utc = DateTimeOffset.FromUnixTimeMilliseconds(record.UtcMillis).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string[] words =
        [
            record.Sequence.ToString(CultureInfo.InvariantCulture),
            utc,
            JsonNamingPolicy.CamelCase.ConvertName(record.Kind.ToString()),
            record.Who.Length == 0 ? "" : $"{record.Who}{(record.Station.Length == 0 ? "" : $"@{record.Station}")}",
            record.Command,
            string.Join(' ', record.Values.Select(value => $"{value.Key}={value.Value}")),
            record.Of == 0 ? "" : $"of {record.Of}",
            record.Outcome,
            record.Rule.Length == 0 ? "" : $"({record.Rule})",
            record.Millis == 0 ? "" : $"{record.Millis} ms",
            record.Text,
            record.Reason.Length == 0 ? "" : $"\"{record.Reason}\"",
        ];

        // What persons wrote must not steer the terminal of who reads it.
        var line = string.Join("  ", words.Where(word => word.Length > 0));
        return string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }
}
