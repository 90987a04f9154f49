using System.CommandLine;
using System.Net;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge broker</c>: the embedded MQTT broker alone, for a bench or a small site.</summary>
internal static class BrokerVerb
{
    public static Command Create()
    {
        var config = VerbOptions.Config("Take the broker of this configuration; without it: loopback, without users.");
        var port = new Option<int>("--port") { Description = "TCP port (without --config).", DefaultValueFactory = _ => 1883 };
        var command = new Command("broker", "Run the embedded MQTT broker alone.") { config, port };
        command.SetAction((parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(config);
            if (named is null)
            {
                return RunAsync(new EmbeddedBrokerOptions { Port = parsed.GetValue(port) }, Environment.CurrentDirectory, cancellationToken);
            }

            var configuration = ConfigurationFile.Load(named, parsed.InvocationConfiguration.Error);
            var broker = configuration.Options.Broker ?? throw new VerbFailedException(
                ExitCode.ConfigurationInvalid, $"{configuration.File} has no \"broker\"; add one, or run ifedge broker without --config");
            return RunAsync(broker, configuration.BaseDirectory, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(EmbeddedBrokerOptions options, string baseDirectory, CancellationToken cancellationToken)
    {
        if (options.Port is < IPEndPoint.MinPort + 1 or > IPEndPoint.MaxPort)
        {
            throw new VerbFailedException(ExitCode.Usage, $"{options.Port} is no TCP port; write 1 to 65535");
        }

        try
        {
            await using var broker = new EmbeddedBroker(options, baseDirectory);
            await broker.StartAsync();
            await Console.Error.WriteLineAsync($"The broker listens on {broker.Url}. Ctrl+C stops it.");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Done;
        }
        catch (InvalidOperationException cause)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, cause.Message);
        }
    }
}
