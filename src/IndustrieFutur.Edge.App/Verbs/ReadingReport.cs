using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Configuration.Reading;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Says what came of reading a configuration, as lines for people and editors or as JSON for programs.</summary>
internal static class ReadingReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One mistake or warning a line; the number of mistakes last.</summary>
    public static void WriteLines(ConfigurationReading reading, TextWriter output)
    {
        foreach (var warning in reading.Warnings)
        {
            output.WriteLine($"warning: {warning}");
        }

        foreach (var mistake in reading.Mistakes)
        {
            output.WriteLine(mistake);
        }

        if (reading.Mistakes.Count > 0)
        {
            output.WriteLine(Counted(reading.Mistakes.Count, "mistake"));
        }
    }

    /// <summary>What a configuration in order consists of.</summary>
    public static string Summary(EdgeConfiguration configuration)
    {
        var (plan, options) = (configuration.Plan, configuration.Options);
        return $"{configuration.File}: in order: {Counted(plan.Devices.Count, "device")}, {Counted(plan.Signals.Count, "signal")}, "
            + $"{Counted(options.Sinks.Count, "sink")}, {Counted(options.Historians.Count, "historian")}";
    }

    public static string ToJson(ConfigurationReading reading)
    {
        var configuration = reading.Configuration;
        return JsonSerializer.Serialize(
            new
            {
                reading.File,
                InOrder = configuration is not null,
                Devices = configuration?.Plan.Devices.Count,
                Signals = configuration?.Plan.Signals.Count,
                Sinks = configuration?.Options.Sinks.Count,
                Historians = configuration?.Options.Historians.Count,
                PlanHash = configuration?.Plan.Hash.ToString("x16", CultureInfo.InvariantCulture),
                Mistakes = reading.Mistakes.Select(Line),
                Warnings = reading.Warnings.Select(Line),
            },
            Json);
    }

    /// <summary>Line and column are 0 for a file that could not be read and for an environment variable.</summary>
    private static object Line(LocatedMistake mistake) =>
        new { File = mistake.Place.Source, mistake.Place.Line, mistake.Place.Column, mistake.Path, mistake.Message };

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
