using System.CommandLine;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Historian;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge historian</c>: the historians of a configuration in a process of their own, beside or far from the edge.</summary>
internal static class HistorianVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var only = new Option<string?>("--id") { Description = "Only this historian of the configuration." };
        var command = new Command("historian", "Run the historians of a configuration: from the broker to their stores.") { file, config, only };
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(ConfigurationFile.Named(parsed, config, file), parsed.InvocationConfiguration.Error);
            return RunAsync(configuration, parsed.GetValue(only), cancellationToken);
        });
        return command;
    }

    /// <summary>
    /// A historian that "ifedge run" has in itself goes with the data folder; one that is apart holds its own store alone, so that both run
    /// beside each other.
    /// </summary>
    private static FileStream[] Hold(string folder, KeyValuePair<string, HistorianOptions>[] chosen) =>
        [.. chosen.Select(pair => pair.Value.Apart ? $".historian-{pair.Key}" : "").Distinct().Select(name => DataDirectory.Own(folder, name))];

    private static async Task<int> RunAsync(EdgeConfiguration configuration, string? only, CancellationToken cancellationToken)
    {
        var chosen = configuration.Options.Historians.Where(pair => only is null || pair.Key == only).ToArray();
        if (chosen.Length == 0)
        {
            var known = string.Join(", ", configuration.Options.Historians.Keys);
            throw new VerbFailedException(
                ExitCode.ConfigurationInvalid, $"{configuration.File} has no historian{(only is null ? "" : $" \"{only}\"")}; it has: {(known.Length > 0 ? known : "none")}");
        }

        var held = Hold(configuration.DataDirectory, chosen);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        CellHost.LogToStandardError(builder.Logging, LogLevel.Information);
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService();
        foreach (var (id, options) in chosen)
        {
            builder.Services.AddSingleton<IHostedService>(services =>
                HistorianHost.Create(id, options, configuration, TimeProvider.System, services.GetRequiredService<ILoggerFactory>()));
        }

        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
        Array.ForEach(held, one => one.Dispose());
        return ExitCode.Done;
    }
}
