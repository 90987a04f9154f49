using System.CommandLine;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge check</c>: every mistake of a configuration at once, before anything is opened.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var json = VerbOptions.Json();
        var command = new Command("check", "Check a configuration and list every mistake with its line and what to write instead.") { file, config, json };
        command.SetAction(result =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var reading = EdgeConfiguration.Load(ConfigurationFile.Find(ConfigurationFile.Named(result, config, file), error));
            Write(reading with { Warnings = [.. reading.Warnings, .. reading.AbsentSecrets] }, result.GetValue(json), output);
            return reading.Configuration is null ? ExitCode.ConfigurationInvalid : ExitCode.Done;
        });
        return command;
    }

    private static void Write(ConfigurationReading reading, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(ReadingReport.ToJson(reading));
            return;
        }

        ReadingReport.WriteLines(reading, output);
        if (reading.Configuration is { } configuration)
        {
            output.WriteLine(ReadingReport.Summary(configuration));
        }
    }
}
