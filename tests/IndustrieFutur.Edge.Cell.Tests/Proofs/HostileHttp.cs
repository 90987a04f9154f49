using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Asks the door of HTTP in any form: what a well-meaning client would send is there at first, and can be taken away or made wrong.</summary>
internal sealed class HostileHttp(int port)
{
    /// <summary>Keeps no cookie of its own.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <param name="path">Below /api/v1.</param>
    /// <param name="session">Of whoever asks.</param>
    /// <param name="id">The idempotency key.</param>
    /// <param name="body">JSON, or what is none.</param>
    /// <param name="shape">What else is different.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<JsonObject> SendAsync(string path, string session, string id, string body, Action<HttpRequestMessage> shape, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/api/v1/{path}"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Requested-With", "ifedge");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        request.Headers.Add("Idempotency-Key", id);
        shape(request);
        using var response = await Http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new JsonObject { ["code"] = $"{(int)response.StatusCode}", ["text"] = text };
    }
}
