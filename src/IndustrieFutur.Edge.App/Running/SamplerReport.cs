using System.Globalization;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Which process samples, since when it does so without a break, as JSON for scripts and in words for people.</summary>
internal static class SamplerReport
{
    public static JsonObject ToJson(Cell cell)
    {
        var report = new JsonObject { ["isolated"] = cell.Sampler is not null, ["why"] = cell.Choice.Why };
        if (cell.Sampler is { } sampler)
        {
            report["process"] = sampler.Process;
            report["restarts"] = sampler.Restarts;
            report["lastGapMillis"] = LastGapMillis(sampler);
        }

        return report;
    }

    /// <summary>A line for a page, French first; of what <see cref="ToJson"/> says.</summary>
    public static string Words(JsonNode sampler)
    {
        var place = Words(new SamplerChoice((bool)sampler["isolated"]!, (string)sampler["why"]!));
        if (sampler["process"] is not { } process)
        {
            return place;
        }

        var restarts = (long)sampler["restarts"]!;
        var gap = restarts == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $", relancé/restarted {restarts}x, dernier trou/last gap {(double)sampler["lastGapMillis"]!:0} ms");
        return $"{place}, processus/process {process}{gap}";
    }

    /// <summary>Where it runs, before anything does.</summary>
    public static string Words(SamplerChoice choice) => choice.IsIsolated
        ? $"échantillonneur/sampler : à part/apart ({choice.Why})"
        : $"échantillonneur/sampler : dans le service/in the service ({choice.Why})";

    private static double LastGapMillis(SamplerHost sampler)
    {
        var (from, to) = sampler.Join.LastGap;
        return Math.Round((to - from) / 1e6, 1);
    }
}
