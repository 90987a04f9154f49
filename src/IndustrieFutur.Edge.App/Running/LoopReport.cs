using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>What a sampling loop shows of itself, as JSON for scripts and for <c>ifedge status</c>.</summary>
internal static class LoopReport
{
    public static JsonObject ToJson(LoopGauges gauges, LoopWindow window, long monoNow)
    {
        var (sinceStart, recent) = window.Read(monoNow);
        return new JsonObject
        {
            ["tickNanos"] = gauges.PeriodNanos,
            ["spinNanos"] = gauges.GuardNanos,
            ["privileges"] = new JsonArray([.. Privileges(gauges).Select(report => Describe(report))]),
            ["sinceStart"] = Describe(sinceStart),
            ["lastMinute"] = Describe(recent),
        };
    }

    public static IEnumerable<PrivilegeReport> Privileges(LoopGauges gauges) => Enum.GetValues<Privilege>().Select(gauges.Privilege);

    public static JsonNode Describe(PrivilegeReport report) => new JsonObject
    {
        ["privilege"] = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(report.Privilege.ToString()),
        ["asked"] = report.Asked,
        ["granted"] = report.Granted,
        ["errno"] = report.Errno,
        ["fr"] = PrivilegeWords.French(report),
        ["en"] = PrivilegeWords.English(report),
        ["command"] = PrivilegeWords.Command(report),
        ["lasting"] = PrivilegeWords.Lasting(report),
    };

    public static JsonObject Describe(HistogramSnapshot histogram) => new()
    {
        ["count"] = histogram.Count,
        ["p50Nanos"] = histogram.PercentileNanos(0.5),
        ["p90Nanos"] = histogram.PercentileNanos(0.9),
        ["p99Nanos"] = histogram.PercentileNanos(0.99),
        ["p999Nanos"] = histogram.PercentileNanos(0.999),
        ["maxNanos"] = histogram.LongestNanos,
    };

    private static JsonObject Describe(LoopReading reading) => new()
    {
        ["spanNanos"] = reading.SpanNanos,
        ["ticks"] = reading.Ticks,
        ["missedTicks"] = reading.Missed,
        ["collections"] = reading.Collections,
        ["wakeUp"] = Describe(reading.WakeUp),
        ["tickDuration"] = Describe(reading.TickDuration),
        ["arrivalToTick"] = Describe(reading.ArrivalToTick),
        ["tickToSpool"] = Describe(reading.TickToSpool),
    };
}
