using System.CommandLine;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge run</c>: the service itself.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var duration = VerbOptions.For();
        var json = VerbOptions.Json();
        var safe = VerbOptions.SafeMode();
        var command = new Command("run", "Run the cell of a configuration until it is told to stop.") { file, config, duration, json, safe };
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(ConfigurationFile.Named(parsed, config, file), parsed.InvocationConfiguration.Error);
            return new CellRun(parsed.GetValue(duration), parsed.GetValue(json), Live: false)
            {
                Commands = new CommandTerms(parsed.GetValue(safe), IsSimulated: false),
            }.ExecuteAsync(configuration, cancellationToken);
        });
        return command;
    }
}
