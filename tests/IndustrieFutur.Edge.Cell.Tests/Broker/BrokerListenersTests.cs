using System.Globalization;
using System.Net;
using IndustrieFutur.Edge.Cell.Tests.Northbound;

namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary>The embedded broker's listeners before foreign clients: TLS with a certificate of the plant's own authority, and WebSocket.</summary>
public sealed class BrokerListenersTests : IAsyncDisposable
{
    private readonly BrokerScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_client_that_trusts_the_plants_authority_comes_in_over_TLS()
    {
        using var authority = new Authority(_scene.Folder);
        await _scene.StartAsync(tls: authority.Issue("broker"));

        var run = await _scene.PublishAsync("edge1", "edge/v1/g/e/state", "on", "-V", "5", "--cafile", authority.CaFile, "-r");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(1, _scene.Broker.Retained.Count);
        Assert.StartsWith("mqtts://", _scene.Broker.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_trusts_somebody_else_or_speaks_in_clear_does_not()
    {
        using var authority = new Authority(_scene.Folder);
        await _scene.StartAsync(tls: authority.Issue("broker"));
        using var other = new Authority(Directory.CreateDirectory(Path.Combine(_scene.Folder, "other")).FullName);

        Assert.NotEqual(0, (await _scene.PublishAsync("edge1", "edge/v1/g/e/state", "on", "--cafile", other.CaFile)).ExitCode);
        Assert.NotEqual(0, (await _scene.PublishAsync("edge1", "edge/v1/g/e/state", "on")).ExitCode);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public async Task The_client_of_npm_speaks_over_WebSocket(string version)
    {
        await _scene.StartAsync();

        var run = await BrokerScene.EchoAsync($"ws://127.0.0.1:{_scene.WebSocketPort}/mqtt", "all", "a/b", "--version", version);

        Assert.Equal((0, "a/b hello\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task WebSocket_over_TLS_takes_a_message_longer_than_any_buffer()
    {
        using var authority = new Authority(_scene.Folder);
        await _scene.StartAsync(tls: authority.Issue("broker"));

        var run = await BrokerScene.EchoAsync($"wss://127.0.0.1:{_scene.WebSocketPort}/mqtt", "all", "a/b", "--ca", authority.CaFile, "--size", "900000");

        Assert.Equal((0, "a/b 900000 bytes\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task A_wrong_password_stays_out_of_WebSocket_too()
    {
        await _scene.StartAsync();

        var run = await BrokerScene.EchoAsync($"ws://127.0.0.1:{_scene.WebSocketPort}/mqtt", "nobody", "a/b");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, _scene.Broker.Counters.LoginsRefused);
    }

    [Theory]
    [InlineData("https://andon.local", HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task A_page_comes_in_only_when_its_site_is_named(string origin, HttpStatusCode expected)
    {
        await _scene.StartAsync();

        Assert.Equal(expected, await UpgradeAsync("/mqtt", origin));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mqtt/negotiate")]
    public async Task Nothing_else_is_served(string path)
    {
        await _scene.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await UpgradeAsync(path, null));
    }

    private async Task<HttpStatusCode> UpgradeAsync(string path, string? origin)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_scene.WebSocketPort}{path}")));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.Add("Sec-WebSocket-Protocol", "mqtt");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return answer.StatusCode;
    }
}
