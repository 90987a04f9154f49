using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Asks a node of nats-server what only its own clients can: in NATS' text protocol, a request at a time.</summary>
internal sealed class NatsAdministrator : IDisposable
{
    private const string Inbox = "_INBOX.administrator";

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private NatsAdministrator(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<NatsAdministrator> ConnectAsync(int port, CancellationToken cancellation)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellation);
            var administrator = new NatsAdministrator(client);
            var login = new JsonObject
            {
                ["user"] = SiteClusterFiles.AdministratorUser,
                ["pass"] = SiteClusterFiles.PasswordOf(SiteClusterFiles.AdministratorUser),
                ["verbose"] = false,
            };
            await administrator.WriteAsync($"CONNECT {login.ToJsonString()}\r\nSUB {Inbox} 1\r\n", cancellation);
            return administrator;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The answer to a request of JetStream's interface, "CONSUMER.LIST.orders" for one.</summary>
    public async Task<JsonObject> AskAsync(string request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerMax);
        await WriteAsync($"PUB $JS.API.{request} {Inbox} 0\r\n\r\n", limit.Token);
        while (true)
        {
            var line = await ReadLineAsync(limit.Token);
            if (line.StartsWith("MSG ", StringComparison.Ordinal))
            {
                var payload = new byte[int.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture) + 2];
                await _stream.ReadExactlyAsync(payload, limit.Token);
                var answer = JsonNode.Parse(payload.AsSpan(..^2))!.AsObject();
                return answer["error"] is { } error ? throw new InvalidOperationException($"{request}: {error}") : answer;
            }

            if (line.StartsWith("-ERR", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{request}: {line}");
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task WriteAsync(string text, CancellationToken cancellation) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (one[0] != '\n')
        {
            await _stream.ReadExactlyAsync(one, cancellation);
            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line]).TrimEnd();
    }
}
