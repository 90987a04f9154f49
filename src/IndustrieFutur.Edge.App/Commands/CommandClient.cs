using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Http;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>The command line's way to the running service: over its loopback port, as any other client comes.</summary>
internal sealed class CommandClient : IDisposable
{
    /// <summary>An effect may take a minute, an order half of one before it.</summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(100);

    /// <summary>Answers of 256 commands with their interlocks have some hundred kilobytes.</summary>
    private const long BytesMax = 4_000_000;

    private readonly HttpClient _http;
    private readonly string _config;

    public CommandClient(EdgeConfiguration configuration)
    {
        var port = configuration.Options.Http.Port;
        _config = configuration.File;
        if (port == 0)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"{_config} switches the service's page off (\"http\": {{ \"port\": 0 }}), so it cannot be asked; give it a port and restart it");
        }

        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/"), Timeout = AnswerWait, MaxResponseContentBufferSize = BytesMax };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(CommandEndpoints.CliAgent);
        _http.DefaultRequestHeaders.Add(CommandPorch.Header, CommandPorch.HeaderValue);
        _http.DefaultRequestHeaders.Add(CommandPorch.CellHeader, $"{configuration.Options.Group}/{configuration.Options.Edge}");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>From here on this user asks. A refusal ends the verb.</summary>
    public async Task LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "login", new JsonObject { ["user"] = user, ["password"] = password }, "", cancellationToken);
        if (status == HttpStatusCode.OK)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)body["session"]);
            return;
        }

        var isIdentity = status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests;
        throw new VerbFailedException(isIdentity ? ExitCode.Refused : ExitCode.RefusedByRule, $"not logged in as \"{user}\": {CommandText.Sentence(body)}");
    }

    /// <summary>The answer of the service, whatever it is; that there is none ends the verb.</summary>
    /// <param name="method">Of HTTP.</param>
    /// <param name="path">Below /api/v1/.</param>
    /// <param name="body">Null: none.</param>
    /// <param name="id">The idempotency key; empty: none.</param>
    /// <param name="cancellationToken">Ends the waiting, not what was asked.</param>
    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, JsonObject? body, string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (id.Length > 0)
        {
            request.Headers.Add("Idempotency-Key", id);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject ?? throw new JsonException("it is no object");
            return (string?)answer["code"] == "cell"
                ? throw new VerbFailedException(ExitCode.RefusedByRule, CommandText.Sentence(answer))
                : (response.StatusCode, answer);
        }
        catch (JsonException cause)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"another program, or another version of ifedge, answers on {_http.BaseAddress!.Authority} ({cause.Message}); stop it, or start the service of {_config} again");
        }
        catch (Exception cause) when (cause is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"no service answers on {_http.BaseAddress!.Authority} ({cause.Message}). Start it with: ifedge run --config {_config}");
        }
    }
}
