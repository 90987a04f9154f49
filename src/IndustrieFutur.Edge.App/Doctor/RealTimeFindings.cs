using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Doctor;

/// <summary>Where the sampling loop runs, and each real-time privilege that it asks for: whether it is granted, and what grants it.</summary>
internal static class RealTimeFindings
{
    private static readonly string[] Words = ["fr", "en", "command", "lasting"];

    /// <summary>Tries them here, for this user, on a thread that ends at once.</summary>
    public static IReadOnlyList<Finding> Try(EdgeConfiguration configuration)
    {
        var sampling = configuration.Options.Sampling;
        IReadOnlyList<PrivilegeReport> reports = [];
        var choice = SamplerChoice.Of(sampling);
        var settings = sampling.ToPace(choice.IsIsolated).RealTime;
        var thread = new Thread(() =>
        {
            using var realTime = new RealTime(settings);
            reports = realTime.Enter();
            realTime.Leave();
        });
        thread.Start();
        thread.Join();
        return [Place(choice, configuration), .. reports.Select(Of)];
    }

    /// <summary>What the service that runs was granted, as it answers.</summary>
    public static IReadOnlyList<Finding> Read(JsonElement status) =>
        [Place(SamplerReport.Words(JsonNode.Parse(status.GetProperty("sampler").GetRawText())!)), .. status.GetProperty("sampling").GetProperty("privileges").EnumerateArray().Select(privilege => Of(
            privilege.GetProperty("asked").GetBoolean(),
            privilege.GetProperty("granted").GetBoolean(),
            [.. Words.Select(key => privilege.GetProperty(key).GetString() ?? "")]))];

    /// <summary>A process of its own needs memory to share; where it was not asked for, the service does without.</summary>
    private static Finding Place(SamplerChoice choice, EdgeConfiguration configuration)
    {
        var hindrance = choice.IsIsolated ? new SamplerBlock(configuration).Hindrance() : "";
        return hindrance.Length == 0
            ? Place(SamplerReport.Words(choice))
            : new("sampler", configuration.Options.Sampling.Sampler is null ? Verdict.Warning : Verdict.Fail, $"{SamplerReport.Words(choice)}: {hindrance}");
    }

    private static Finding Place(string words) => new("sampler", Verdict.Ok, words);

    private static Finding Of(PrivilegeReport report) => Of(
        report.Asked,
        report.Granted,
        [PrivilegeWords.French(report), PrivilegeWords.English(report), PrivilegeWords.Command(report), PrivilegeWords.Lasting(report)]);

    private static Finding Of(bool asked, bool granted, string[] words)
    {
        var grants = string.Join(" ; ", words[2..].Where(word => word.Length > 0));
        return asked && !granted
            ? new Finding("real-time", Verdict.Warning, $"{words[0]} / {words[1]}" + (grants.Length > 0 ? $". Accorder/to grant: {grants}" : ""))
            : new Finding("real-time", Verdict.Ok, $"{words[0]} / {words[1]}");
    }
}
