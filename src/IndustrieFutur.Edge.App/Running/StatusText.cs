using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Broker;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The status of a service as a page for people, French first: made of the JSON that the service answers.</summary>
internal static class StatusText
{
    private static readonly CompositeFormat Row = CompositeFormat.Parse("{0,-34}{1,9}{2,9}{3,9}{4,9}  |{5,9}{6,9}{7,9}{8,9}");

    private static readonly string[] Percentiles = ["p50Nanos", "p99Nanos", "p999Nanos", "maxNanos"];

    private static readonly (string Key, string Name)[] Latencies =
    [
        ("wakeUp", "réveil/wake-up"),
        ("tickDuration", "durée du tick/tick duration"),
        ("arrivalToTick", "arrivée au tick/arrival to tick"),
        ("tickToSpool", "tick au spool/tick to spool"),
    ];

    public static string Of(JsonNode status)
    {
        var text = new StringBuilder();
        var sampling = status["sampling"]!;
        Head(text, status);
        text.Append(CultureInfo.InvariantCulture, $"  {SamplerReport.Words(status["sampler"]!)}\n");
        foreach (var line in BrokerReport.Lines(status["broker"]))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        }

        Sinks(text, status["sinks"]?.AsArray() ?? []);
        Listeners(text, status["listeners"] as JsonArray ?? []);
        Loop(text, sampling);
        foreach (var privilege in sampling["privileges"]!.AsArray().Where(privilege => (bool)privilege!["asked"]!))
        {
            AppendPrivilege(text, privilege!);
        }

        Rings(text, status["rings"]!.AsArray());
        Calibrated(text, status["calibration"]);
        return text.ToString();
    }

    /// <summary>A span as an engineer reads it: microseconds, from a millisecond on milliseconds.</summary>
    public static string Span(long nanos) => nanos < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e3:0.0}us")
        : string.Create(CultureInfo.InvariantCulture, $"{nanos / 1e6:0.00}ms");

    /// <summary>What became of a privilege and, when it was refused, what grants it.</summary>
    public static void AppendPrivilege(StringBuilder text, JsonNode privilege)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {privilege["fr"]} / {privilege["en"]}\n");
        IEnumerable<string> grants = [(string)privilege["command"]!, (string)privilege["lasting"]!];
        foreach (var grant in grants.Where(grant => grant.Length > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"      {grant}\n");
        }
    }

    private static void Head(StringBuilder text, JsonNode status)
    {
        var ready = (bool)status["ready"]! ? "prête/ready" : "pas prête/not ready";
        text.Append(CultureInfo.InvariantCulture, $"cellule/cell {status["cell"]} : {ready}, ");
        text.Append(CultureInfo.InvariantCulture, $"liaisons/links {status["links"]!["connected"]}/{status["links"]!["configured"]}, ");
        text.Append(CultureInfo.InvariantCulture, $"en attente/pending {status["spool"]!["pending"]}\n");
        foreach (var problem in status["problems"]!.AsArray())
        {
            text.Append(CultureInfo.InvariantCulture, $"  ! {problem}\n");
        }
    }

    /// <summary>Where there are several, a sample is stored when all of them have confirmed it: who is behind is to be seen.</summary>
    private static void Sinks(StringBuilder text, JsonArray sinks)
    {
        foreach (var sink in sinks)
        {
            var state = (bool)sink!["connected"]! ? "relié/connected" : $"absent/away ({sink["lastError"]})";
            text.Append(CultureInfo.InvariantCulture, $"  sink {sink["id"]} {sink["url"]} : {state}, {sink["confirm"]}, en attente/pending {sink["pending"]}, à envoyer/to send {sink["backlog"]}\n");
        }
    }

    /// <summary>Only where commands are taken: who can be heard, and what was refused.</summary>
    private static void Listeners(StringBuilder text, JsonArray listeners)
    {
        foreach (var listener in listeners)
        {
            var state = (bool)listener!["connected"]! ? "relié/connected" : $"absent/away ({listener["lastError"]})";
            var refused = listener["refused"]!.AsObject().Sum(pair => (long)pair.Value!);
            text.Append(CultureInfo.InvariantCulture, $"  commandes/commands {listener["sink"]} {listener["url"]} : {state}, demandes/requests {listener["requests"]}, refusées/refused {refused}, ignorées/dropped {listener["dropped"]}\n");
        }
    }

    private static void Loop(StringBuilder text, JsonNode sampling)
    {
        var (all, recent) = (sampling["sinceStart"]!, sampling["lastMinute"]!);
        var spin = (long)sampling["spinNanos"]! is > 0 and var nanos ? $"attente active/spins {Span(nanos)}" : "sans attente active/no spinning";
        text.Append(CultureInfo.InvariantCulture, $"\nboucle/loop {Span((long)sampling["tickNanos"]!)}, {spin}\n");
        text.Append(CultureInfo.InvariantCulture, $"{"",-34}{"depuis le début/since start",36}  |{"dernière minute/last minute",36}\n");
        text.AppendFormat(CultureInfo.InvariantCulture, Row, "", "p50", "p99", "p99.9", "max", "p50", "p99", "p99.9", "max").Append('\n');
        foreach (var (key, name) in Latencies)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, Row, [name, .. Spans(all[key]!), .. Spans(recent[key]!)]).Append('\n');
        }

        Counts(text, "ticks manqués/missed ticks", all, recent, reading => $"{reading["missedTicks"]}/{reading["ticks"]}");
        Counts(text, "ramasse-miettes/collections", all, recent, reading => $"{reading["collections"]}");
    }

    private static void Counts(StringBuilder text, string name, JsonNode all, JsonNode recent, Func<JsonNode, string> read) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-34}{read(all),36}  |{read(recent),36}\n");

    private static object[] Spans(JsonNode latency) =>
        (long)latency["count"]! == 0
            ? ["-", "-", "-", "-"]
            : [.. Percentiles.Select(key => Span((long)latency[key]!))];

    private static void Rings(StringBuilder text, JsonArray rings)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{"anneau/ring",-44}{"plein à/most full",20}{"capacité/capacity",20}{"refusés/refused",18}\n");
        foreach (var ring in rings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ring!["ring"],-44}{ring["mostWaiting"],20}{ring["capacity"],20}{ring["refused"],18}\n");
        }
    }

    private static void Calibrated(StringBuilder text, JsonNode? bench)
    {
        if (bench?["latencies"] is not JsonArray latencies)
        {
            text.Append("\nétalonnage/calibration : aucun/none. Une gigue sans étalonnage ne dit rien/a jitter without one says nothing: ifedge bench\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\nétalonnage/calibration ({bench["atUtc"]}, ifedge bench, 1 kHz)\n");
        AppendLatencies(text, latencies);
    }

    /// <summary>The rows of a bench: each loop, idle and loaded.</summary>
    public static void AppendLatencies(StringBuilder text, JsonArray latencies)
    {
        text.Append(CultureInfo.InvariantCulture, $"{"",-44}{"p50",10}{"p99",10}{"p99.9",10}{"max",10}\n");
        foreach (var row in latencies)
        {
            var name = $"{row!["loop"]}, {((bool)row["loaded"]! ? "chargé/loaded" : "au repos/idle")}";
            var spans = Spans(row);
            text.Append(CultureInfo.InvariantCulture, $"{name,-44}{spans[0],10}{spans[1],10}{spans[2],10}{spans[3],10}\n");
        }
    }
}
