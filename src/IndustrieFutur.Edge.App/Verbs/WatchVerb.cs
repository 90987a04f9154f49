using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge watch</c>: the live values of the service that runs on this machine; it disturbs nothing.</summary>
internal static class WatchVerb
{
    /// <summary>As often as the table: scripts and people see the same.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var duration = VerbOptions.For();
        var json = VerbOptions.Json();
        json.Description = "Print a line of JSON for each signal, and another one whenever its value or quality is a new one (looked at 4 times a second); until --for is over or Ctrl+C.";
        var command = new Command("watch", "Show the live values of the running service.") { file, config, duration, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(ConfigurationFile.Named(parsed, config, file), parsed.InvocationConfiguration.Error);
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
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (duration is { } limit)
        {
            ending.CancelAfter(limit);
        }

        try
        {
            if (json)
            {
                await WriteChangesAsync(client, ending.Token);
                return ExitCode.Done;
            }

            await LiveTable.ShowAsync(stop => ReadAsync(client, stop), () => $"127.0.0.1:{port}  (Ctrl+C pour arrêter / to stop)", TimeProvider.System, ending.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (Exception cause) when (cause is HttpRequestException or JsonException or OperationCanceledException)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect,
                $"no service answers on 127.0.0.1:{port} ({cause.Message}). Start it with: ifedge run --config {configuration.File}. To read the devices without it: ifedge read --config {configuration.File}");
        }
    }

    private static async Task WriteChangesAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var changes = new SignalChanges();
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var signal in changes.In(await ReadAsync(client, cancellationToken)))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(signal, SignalViewJson.Default.SignalView));
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<SignalView>> ReadAsync(HttpClient client, CancellationToken cancellationToken) =>
        await client.GetFromJsonAsync(new Uri("/values", UriKind.Relative), SignalViewJson.Default.IReadOnlyListSignalView, cancellationToken) ?? [];
}
