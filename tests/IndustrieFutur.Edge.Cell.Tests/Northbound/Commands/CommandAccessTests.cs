using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Broker;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;

/// <summary>Whose word a request is: held by the access list of mosquitto as the project ships it, and by the embedded broker; foreign clients ask.</summary>
public sealed class CommandAccessTests : IAsyncDisposable
{
    private const string Prefix = "edge/v1/la-roche/cell1/";

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-access-").FullName;
    private readonly ListenerScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task With_the_projects_access_list_each_commands_under_the_own_name_only_and_only_the_edge_answers()
    {
        await using var broker = await StartMosquittoAsync();
        await _scene.StartAsync(Options(broker.Port), Cancellation, "la-roche", "cell1");

        await PublishAsync(broker.Port, "dashboard", Prefix + "plc/command/dashboard", Body("d1"));
        await PublishAsync(broker.Port, "martin", Prefix + "plc/command/anna", Body("m1"));
        await PublishAsync(broker.Port, "martin", Prefix + "result/m1", "forged");
        await PublishAsync(broker.Port, "martin", Prefix + "plc/command/martin", Body("m2"));
        await Until.TrueAsync("the one that may", ListenerScene.Limit, () => !_scene.Asked.IsEmpty, Cancellation);

        var asked = Assert.Single(_scene.Asked);
        Assert.Equal(("m2", "martin"), (asked.Id, asked.User));
        Assert.Equal(0, _scene.Status.AnswersLost);
    }

    [Fact]
    public async Task Mosquittos_own_clients_command_with_version_3_1_1()
    {
        await using var broker = await StartMosquittoAsync();
        await _scene.StartAsync(Options(broker.Port), Cancellation, "la-roche", "cell1");
        var hearing = BrokerScene.RunAsync("mosquitto_sub", [.. LogIn(broker.Port, "martin"), "-V", "311", "-q", "1", "-t", Prefix + "result/+", "-v", "-C", "1", "-W", "10"]);

        // Said until it is heard: the other client may still be connecting. The same id is the same request.
        while (!hearing.IsCompleted)
        {
            await PublishAsync(broker.Port, "martin", Prefix + "plc/command/martin", Body("m1"), "-V", "311");
        }

        var heard = await hearing;
        Assert.StartsWith(Prefix + "result/m1 {\"id\":\"m1\"", heard.Output, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"confirmed\"", heard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_of_npm_asks_the_embedded_broker_with_response_topic_and_correlation()
    {
        await using var broker = new BrokerScene();
        await broker.StartAsync(users: new()
        {
            ["edge1"] = BrokerScene.User(publish: [Prefix + "result/#"], subscribe: [Prefix + "+/command/+"]),
            ["martin"] = BrokerScene.User(publish: [Prefix + "+/command/%u"], subscribe: [Prefix + "result/%u/#"]),
        });
        await _scene.StartAsync(Options(broker.Port), Cancellation, "la-roche", "cell1");
        var url = $"mqtt://127.0.0.1:{broker.Port}";

        var own = await BrokerScene.RequestAsync(url, "martin", Prefix + "plc/command/martin", Prefix + "result/martin/1", """{"command":"speed","id":"n1","values":{"speed":200}}""");
        var others = await BrokerScene.RequestAsync(url, "martin", Prefix + "plc/command/anna", Prefix + "result/martin/2", """{"command":"speed","id":"n2"}""");

        Assert.True(own.ExitCode == 0, own.Errors);
        Assert.StartsWith(Prefix + "result/martin/1 correlated {\"id\":\"n1\"", own.Output, StringComparison.Ordinal);
        Assert.Equal(1, others.ExitCode);
        Assert.Equal("martin", Assert.Single(_scene.Asked).User);
    }

    private static string Body(string id) =>
        $$"""{"command":"speed","id":"{{id}}","expires":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 10_000}}}""";

    private static string[] LogIn(int port, string user) => ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-u", user, "-P", BrokerScene.Password];

    private static Task<ClientRun> PublishAsync(int port, string user, string topic, string body, params string[] more) =>
        BrokerScene.RunAsync("mosquitto_pub", [.. LogIn(port, user), "-q", "1", "-t", topic, "-m", body, .. more]);

    private async Task<Mosquitto> StartMosquittoAsync()
    {
        var passwords = Path.Combine(_folder, "passwords");
        await File.WriteAllTextAsync(passwords, "", Cancellation);
        foreach (var user in new[] { "edge1", "martin", "dashboard" })
        {
            var made = await BrokerScene.RunAsync("mosquitto_passwd", ["-b", passwords, user, BrokerScene.Password]);
            Assert.True(made.ExitCode == 0, made.Errors);
        }

        var list = Path.Combine(Peers.Repository(), "config", "examples", "mosquitto-acl.conf");
        return await Mosquitto.StartProcessAsync($"allow_anonymous false\npassword_file {passwords}\nacl_file {list}", Cancellation);
    }

    private MqttSinkOptions Options(int port)
    {
        var file = Path.Combine(_folder, "password");
        File.WriteAllText(file, BrokerScene.Password);
        return new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{port}", User = "edge1", Password = SecretReference.Parse($"file:{file}", out _) };
    }
}
