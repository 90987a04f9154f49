using System.CommandLine;
using System.CommandLine.Parsing;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Options that several verbs share, spelled once.</summary>
internal static class VerbOptions
{
    public static Option<string?> Config(string description = "The configuration file; the same as naming it without --config.") =>
        new("--config", "-c") { Description = description };

    public static Option<TimeSpan?> For() => new("--for")
    {
        Description = "Stop by itself after so long, such as 20s or 5m.",
        CustomParser = ParseDuration,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON on standard output." };

    public static Option<bool> SafeMode() => new("--safe-mode") { Description = "Take no command until a start without this." };

    public static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Durations.TryParse(text, out var duration, out var error))
        {
            return duration;
        }

        result.AddError($"\"{text}\" {error}");
        return null;
    }
}
