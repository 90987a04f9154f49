using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>A bench as JSON: for scripts, and as the calibration that <c>ifedge status</c> shows.</summary>
internal static class BenchJson
{
    public static JsonObject Of(BenchResult bench) => new()
    {
        ["atUtc"] = bench.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["bestTickMillis"] = BenchVerdict.Best(bench),
        ["ticks"] = new JsonArray([.. BenchVerdict.TickMillis.Select(tick => (JsonNode)Tick(bench, tick))]),
        ["limits"] = new JsonArray([.. BenchVerdict.Limits(bench).Select(limit => (JsonNode)Limit(limit))]),
        ["machine"] = Machine(bench.Machine),
        ["privileges"] = new JsonArray([.. bench.Privileges.Select(LoopReport.Describe)]),
        ["calibrated"] = bench.CyclictestAbsence.Length == 0,
        ["cyclictestAbsence"] = bench.CyclictestAbsence,
        ["latencies"] = new JsonArray([.. bench.Latencies.Select(latency => (JsonNode)Latency(latency))]),
        ["collections"] = bench.Collections,
        ["ringNanosPerSample"] = Math.Round(bench.RingNanosPerSample, 2),
        ["folder"] = bench.Folder,
        ["disk"] = LoopReport.Describe(bench.Disk),
    };

    private static JsonObject Tick(BenchResult bench, int tickMillis)
    {
        var word = BenchVerdict.Of(bench, tickMillis, out var needsSpin);
        return new JsonObject { ["tickMillis"] = tickMillis, ["verdict"] = Name(word), ["needsSpin"] = needsSpin };
    }

    private static JsonObject Limit(BenchLimit limit) => new JsonObject { ["fr"] = limit.French, ["en"] = limit.English, ["remedy"] = limit.Remedy };

    private static JsonObject Machine(MachineFacts machine) => new()
    {
        ["processor"] = machine.Processor,
        ["processors"] = machine.Processors,
        ["kernel"] = machine.Kernel,
        ["preemption"] = machine.Preemption,
        ["kernelHz"] = machine.KernelHz,
        ["clockSource"] = machine.ClockSource,
        ["governor"] = machine.Governor,
        ["virtual"] = machine.IsVirtual,
    };

    private static JsonObject Latency(LoopLatency latency)
    {
        var row = LoopReport.Describe(latency.Histogram);
        row["loop"] = Name(latency.Loop);
        row["loaded"] = latency.Loaded;
        row["p99Ratio"] = latency.P99Ratio is { } ratio ? Math.Round(ratio, 3) : null;
        return row;
    }

    private static string Name(Enum word) => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());
}
