using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge status</c>: how the service on this machine keeps its time, beside what the machine itself does; it disturbs nothing.</summary>
internal static class StatusVerb
{
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(3);

    /// <summary>A cell of 64 links answers 20 kB.</summary>
    private const long BytesMax = 1_000_000;

    public static Command Create()
    {
        var file = ConfigurationFile.Argument();
        var config = VerbOptions.Config();
        var json = VerbOptions.Json();
        var command = new Command("status", "Show how the running service keeps its time: latencies, missed ticks, rings, privileges.") { file, config, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = ConfigurationFile.Load(ConfigurationFile.Named(parsed, config, file), parsed.InvocationConfiguration.Error);
            var status = await AskAsync(configuration, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteAsync(parsed.GetValue(json) ? status.ToJsonString() + "\n" : StatusText.Of(status));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<JsonNode> AskAsync(EdgeConfiguration configuration, CancellationToken cancellationToken)
    {
        var port = configuration.Options.Http.Port;
        if (port == 0)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"{configuration.File} switches the service's page off (\"http\": {{ \"port\": 0 }}), so it cannot be asked; give it a port and restart it");
        }

        using var client = new HttpClient { Timeout = AnswerWait, MaxResponseContentBufferSize = BytesMax };
        try
        {
            var answer = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/status"), cancellationToken);
            return JsonNode.Parse(answer) is JsonObject { } status && status.ContainsKey("sampling")
                ? status
                : throw new JsonException("it is not what ifedge answers");
        }
        catch (JsonException cause)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect,
                $"another program, not this ifedge, answers on 127.0.0.1:{port} ({cause.Message}); stop it, or change \"http\": {{ \"port\": ... }} in {configuration.File}");
        }
        catch (Exception cause) when (cause is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect,
                $"no service answers on 127.0.0.1:{port} ({cause.Message}). Start it with: ifedge run --config {configuration.File}. What is wrong with the cell says: ifedge doctor --config {configuration.File}");
        }
    }
}
