using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>The commands of a running service over HTTP, as a script of an integrator asks for them.</summary>
internal sealed class CommandPage(int port)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            return (await GetAsync("ready", cancellation))["ready"]!.GetValue<bool>();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>All that the service says of itself.</summary>
    public Task<JsonObject> WholeStatusAsync(CancellationToken cancellation) => GetAsync("status", cancellation);

    /// <summary>What everybody may see of the gate.</summary>
    public async Task<JsonObject> StatusAsync(CancellationToken cancellation) => (await WholeStatusAsync(cancellation))["commands"]!.AsObject();

    public async Task<string> LogInAsync(string user, string password, CancellationToken cancellation)
    {
        var (status, answer) = await PostAsync("login", "", new JsonObject { ["user"] = user, ["password"] = password }, cancellation);
        Assert.True(status == HttpStatusCode.OK, $"{status}: {answer.ToJsonString()}");
        return answer["session"]!.GetValue<string>();
    }

    /// <summary>A command of level 1.</summary>
    public Task<(HttpStatusCode Status, JsonObject Answer)> SubmitAsync(string session, string command, string id, JsonObject values, CancellationToken cancellation) =>
        AskAsync(session, command, "submit", id, new JsonObject { ["values"] = values }, cancellation);

    public Task<(HttpStatusCode Status, JsonObject Answer)> PrepareAsync(string session, string command, string id, JsonObject values, CancellationToken cancellation) =>
        AskAsync(session, command, "prepare", id, new JsonObject { ["values"] = values }, cancellation);

    public Task<(HttpStatusCode Status, JsonObject Answer)> ExecuteAsync(string session, string command, string id, string token, JsonObject values, CancellationToken cancellation) =>
        AskAsync(session, command, "execute", id, new JsonObject { ["token"] = token, ["values"] = values }, cancellation);

    /// <summary>How the interlocks of a command stand at the gate.</summary>
    public async Task<string[]> StatesAsync(string command, CancellationToken cancellation) =>
        [.. (await CommandAsync(command, cancellation))["interlocks"]!.AsArray().Select(guard => guard!["state"]!.GetValue<string>())];

    /// <summary>The command's device has an order.</summary>
    public async Task<bool> IsBusyAsync(string command, CancellationToken cancellation) => (await CommandAsync(command, cancellation))["busy"]!.GetValue<bool>();

    /// <summary>Anything else below /api/v1.</summary>
    public Task<(HttpStatusCode Status, JsonObject Answer)> PostAsync(string path, string session, JsonObject body, CancellationToken cancellation) =>
        SendAsync(path, session, "", body, cancellation);

    /// <summary>Any step, with a body as it is.</summary>
    public Task<(HttpStatusCode Status, JsonObject Answer)> AskAsync(string session, string command, string step, string id, JsonObject body, CancellationToken cancellation) =>
        SendAsync($"commands/{command}:{step}", session, id, body, cancellation);

    private async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(string path, string session, string id, JsonObject body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/api/v1/{path}"))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Requested-With", "ifedge");
        if (session.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        }

        if (id.Length > 0)
        {
            request.Headers.Add("Idempotency-Key", id);
        }

        using var response = await Http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new JsonObject { ["text"] = text });
    }

    private async Task<JsonObject> CommandAsync(string command, CancellationToken cancellation) =>
        (await GetAsync("api/v1/commands", cancellation))["commands"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == command)!.AsObject();

    private async Task<JsonObject> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await Http.GetAsync(new Uri($"http://127.0.0.1:{port}/{path}"), cancellation);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!.AsObject();
    }
}
