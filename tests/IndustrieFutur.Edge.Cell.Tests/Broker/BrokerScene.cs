using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Cell.Tests.Broker;

/// <summary>An embedded broker on free ports in a folder of its own, with an edge, a historian and a display for users, and foreign clients.</summary>
internal sealed class BrokerScene : IAsyncDisposable
{
    public const string Password = "pass word/é";

    /// <summary>A client says what it has to say in a second; npm installs in two minutes.</summary>
    private static readonly TimeSpan ClientLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    private static readonly Lazy<Task<string>> NodeModules = new(InstallAsync);

    public string Folder { get; } = Directory.CreateTempSubdirectory("edge-broker-").FullName;

    public int Port { get; } = FreePort.Next();

    public int WebSocketPort { get; } = FreePort.Next();

    public EmbeddedBroker Broker => _broker ?? throw new InvalidOperationException("The broker was not started.");

    private EmbeddedBroker? _broker;

    public static BrokerUserOptions User(bool historian = false, string[]? publish = null, string[]? subscribe = null) => new()
    {
        Password = SecretReference.Parse("file:password", out _),
        Historian = historian,
        Publish = publish ?? [],
        Subscribe = subscribe ?? [],
    };

    /// <summary>Users as on a site, and one who may do everything that a user can.</summary>
    public static Dictionary<string, BrokerUserOptions> Users() => new()
    {
        ["edge1"] = User(publish: ["edge/v1/g/e/#"], subscribe: ["edge/v1/g/e/stored/+", "edge/v1/g/e/replay/+"]),
        ["h1"] = User(historian: true),
        ["andon"] = User(subscribe: ["edge/v1/#", "notes/%u/#"], publish: ["notes/%u/#"]),
        ["all"] = User(publish: ["#"], subscribe: ["#"]),
    };

    public async Task StartAsync(BrokerLimitsOptions? limits = null, (string Certificate, string Key)? tls = null, Dictionary<string, BrokerUserOptions>? users = null)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "password"), Password + "\n");
        var options = new EmbeddedBrokerOptions
        {
            Port = Port,
            WebSocket = new BrokerWebSocketOptions { Port = WebSocketPort, Origins = ["https://andon.local"] },
            Users = users ?? Users(),
            Limits = limits ?? new BrokerLimitsOptions(),
            CertificateFile = tls?.Certificate,
            KeyFile = tls?.Key,
        };
        _broker = new EmbeddedBroker(options, Folder, Folder);
        await _broker.StartAsync();
    }

    public async Task StopAsync()
    {
        await Broker.DisposeAsync();
        _broker = null;
    }

    /// <summary>mosquitto_pub at QoS 1; one of version 5 is told when it may not.</summary>
    public Task<ClientRun> PublishAsync(string user, string topic, string message, params string[] more) =>
        RunAsync("mosquitto_pub", [.. LogIn(user), "-q", "1", "-t", topic, "-m", message, .. more]);

    /// <summary>mosquitto_sub until the first message, or two seconds (exit code 27).</summary>
    public Task<ClientRun> SubscribeAsync(string user, string filter, params string[] more) =>
        RunAsync("mosquitto_sub", [.. LogIn(user), "-q", "1", "-t", filter, "-v", "-C", "1", "-W", "2", .. more]);

    /// <summary>The MQTT client of npm over WebSocket: says what it publishes and gets back.</summary>
    public static async Task<ClientRun> EchoAsync(string url, string user, string topic, params string[] more)
    {
        var script = Path.Combine(Peers.Repository(), "tests", "peers", "broker", "echo.js");
        return await RunAsync("node", [script, url, user, Password, topic, .. more], await NodeModules.Value);
    }

    /// <summary>The MQTT client of npm: asks for a command and waits for the answer.</summary>
    public static async Task<ClientRun> RequestAsync(string url, string user, string topic, string responseTopic, string body)
    {
        var script = Path.Combine(Peers.Repository(), "tests", "peers", "broker", "request.js");
        return await RunAsync("node", [script, url, user, Password, topic, responseTopic, body], await NodeModules.Value);
    }

    public static Task<ClientRun> RunAsync(string program, IReadOnlyList<string> arguments, string modules = "") => RunAsync(program, arguments, modules, ClientLimit);

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private string[] LogIn(string user) => ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-u", user, "-P", Password];

    private static async Task<ClientRun> RunAsync(string program, IReadOnlyList<string> arguments, string modules, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["NODE_PATH"] = modules } };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ending.CancelAfter(limit);
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(ending.Token), process.StandardError.ReadToEndAsync(ending.Token));
            await process.WaitForExitAsync(ending.Token);
            return new ClientRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit.TotalSeconds} s.");
        }
    }

    private static async Task<string> InstallAsync()
    {
        var install = await RunAsync("bash", [Path.Combine(Peers.Repository(), "tests", "peers", "broker", "install")], "", InstallLimit);
        return install.ExitCode == 0
            ? Path.Combine(install.Output.Trim(), "node_modules")
            : throw new InvalidOperationException(install.Errors);
    }
}
