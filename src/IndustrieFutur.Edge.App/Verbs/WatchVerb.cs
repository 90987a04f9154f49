using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge watch</c>: the live values of the service that runs on this machine; it disturbs nothing.</summary>
internal static class WatchVerb
{
    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var duration = VerbOptions.For();
        var json = VerbOptions.Json();
        var command = new Command("watch", "Show the live values of the running service.") { file, config, duration, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(parsed.GetValue(config) ?? parsed.GetValue(file), parsed.InvocationConfiguration.Error);
            return WatchAsync(configuration, parsed.GetValue(duration), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> WatchAsync(EdgeConfiguration configuration, TimeSpan? duration, bool json, CancellationToken cancellationToken)
    {
        var port = configuration.Options.Http.Port;
        if (port == 0)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"{configuration.File} switches the service's page off (\"http\": {{ \"port\": 0 }}), so there is nothing to watch; give it a port");
        }

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            if (json)
            {
                Console.Out.WriteLine(await client.GetStringAsync(new Uri("/values", UriKind.Relative), cancellationToken));
                return ExitCode.Done;
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (duration is { } limit)
            {
                ending.CancelAfter(limit);
            }

            await LiveTable.ShowAsync(stop => ReadAsync(client, stop), () => $"127.0.0.1:{port}  (Ctrl+C pour arrêter / to stop)", TimeProvider.System, ending.Token);
            return ExitCode.Done;
        }
        catch (Exception cause) when (cause is HttpRequestException or JsonException)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect,
                $"no service answers on 127.0.0.1:{port} ({cause.Message}). Start it with: ifedge run --config {configuration.File}. To read the devices without it: ifedge read --config {configuration.File}");
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Done;
        }
    }

    private static async Task<IReadOnlyList<SignalView>> ReadAsync(HttpClient client, CancellationToken cancellationToken) =>
        await client.GetFromJsonAsync(new Uri("/values", UriKind.Relative), SignalViewJson.Default.IReadOnlyListSignalView, cancellationToken) ?? [];
}
