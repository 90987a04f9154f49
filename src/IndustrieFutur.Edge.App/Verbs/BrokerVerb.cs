using System.CommandLine;
using System.Net;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge broker</c>: the embedded MQTT broker alone, for a bench or a small site.</summary>
internal static class BrokerVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        file.Description = "Take the broker of this configuration; without it: loopback, without users, nothing kept.";
        var config = VerbOptions.Config();
        var port = new Option<int>("--port") { Description = "TCP port (without a configuration).", DefaultValueFactory = _ => 1883 };
        var command = new Command("broker", "Run the embedded MQTT broker alone.") { file, config, port };
        command.SetAction((parsed, cancellationToken) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            return ConfigurationFile.Named(parsed, config, file) is { } named
                ? RunConfiguredAsync(ConfigurationFile.Load(named, error), error, cancellationToken)
                : RunBareAsync(parsed.GetValue(port), error, cancellationToken);
        });
        return command;
    }

    private static Task<int> RunBareAsync(int port, TextWriter error, CancellationToken cancellationToken) =>
        port is < IPEndPoint.MinPort + 1 or > IPEndPoint.MaxPort
            ? throw new VerbFailedException(ExitCode.Usage, $"{port} is no TCP port; write 1 to 65535")
            : RunAsync(new EmbeddedBrokerOptions { Port = port }, Environment.CurrentDirectory, null, error, cancellationToken);

    /// <summary>A broker that "ifedge run" has in itself goes with the data folder; one that is apart holds its own part of it alone.</summary>
    private static async Task<int> RunConfiguredAsync(EdgeConfiguration configuration, TextWriter error, CancellationToken cancellationToken)
    {
        var broker = configuration.Options.Broker ?? throw new VerbFailedException(
            ExitCode.ConfigurationInvalid, $"{configuration.File} has no \"broker\"; add one, or run ifedge broker without a configuration");
        using var held = DataDirectory.Own(configuration.DataDirectory, broker.Apart ? ".broker" : "");
        return await RunAsync(broker, configuration.BaseDirectory, configuration.DataDirectory, error, cancellationToken);
    }

    private static async Task<int> RunAsync(
        EmbeddedBrokerOptions options, string baseDirectory, string? dataDirectory, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            using var loggers = LoggerFactory.Create(logging => CellHost.LogToStandardError(logging, LogLevel.Information));
            await using var broker = new EmbeddedBroker(options, baseDirectory, dataDirectory, loggers.CreateLogger<EmbeddedBroker>());
            await broker.StartAsync();
            await error.WriteLineAsync($"Le broker écoute sur {broker.Urls} ; Ctrl+C l'arrête. / The broker listens; Ctrl+C stops it.");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Done;
        }
        catch (InvalidOperationException cause)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, cause.Message);
        }
    }
}
