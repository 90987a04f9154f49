using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>
/// A foreign OPC UA server (node-opcua, tests/peers/opcua/server.js) on loopback, with a port and certificates of its own that it keeps
/// when it is killed and started again. Its signals count: every change is one more than the value before.
/// </summary>
internal sealed class NodeServer : IDisposable
{
    /// <summary>It starts within two seconds and makes its first key within another; the rest is for a machine that builds at the same time.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    /// <summary>The number of the first signal's NodeId.</summary>
    public const int FirstSignal = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-opcua-server-").FullName;
    private NodeServerOptions _options;
    private NodeProcess? _process;
    private JsonObject _ready = [];

    private NodeServer(NodeServerOptions options) => _options = options;

    public int Port { get; } = FreePort.Next();

    public string Endpoint => (string)_ready["endpoint"]!;

    /// <summary>The namespace of the signals and of all that is the cell's own.</summary>
    public string NamespaceUri => (string)_ready["namespace"]!;

    /// <summary>The server's certificate in PEM.</summary>
    public string CertificateFile => (string)_ready["certificate"]!;

    /// <summary>Its certificate manager's folder: trusted/certs is whom a strict server lets in.</summary>
    public string PkiFolder => Path.Combine(_folder, "server");

    /// <summary>When it last said that it is ready, in Stopwatch ticks.</summary>
    public long ReadyTimestamp { get; private set; }

    public string Errors => Process.Errors;

    private NodeProcess Process => _process ?? throw new InvalidOperationException("The foreign server does not run.");

    public static async Task<NodeServer> StartAsync(NodeServerOptions options, CancellationToken cancellation)
    {
        var server = new NodeServer(options);
        try
        {
            await server.SpawnAsync(cancellation);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public X509Certificate2 LoadCertificate() => X509CertificateLoader.LoadCertificateFromFile(CertificateFile);

    /// <summary>The signal's NodeId with its namespace as a URI.</summary>
    public string NodeOf(int signal) => string.Create(CultureInfo.InvariantCulture, $"nsu={NamespaceUri};i={FirstSignal + signal}");

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.Dispose();
        _process = null;
    }

    /// <summary>Starts a killed server again: same port, same certificates, counting from <paramref name="start"/>. Returns when it is ready.</summary>
    public Task RestartAsync(long start, CancellationToken cancellation)
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The foreign server runs already: kill it before it is started again.");
        }

        _options = _options with { Start = start };
        return SpawnAsync(cancellation);
    }

    /// <summary>Counts up so many times at once; returns where the count then is.</summary>
    public async Task<long> StepAsync(int times, CancellationToken cancellation) =>
        (long)(await AskAsync(string.Create(CultureInfo.InvariantCulture, $"step {times}"), cancellation))["count"]!;

    /// <summary>Where the count is.</summary>
    public async Task<long> CountAsync(CancellationToken cancellation) => (long)(await AskAsync("count", cancellation))["count"]!;

    /// <summary>Counts on by itself with this period, or stands still (zero).</summary>
    public Task RunAsync(TimeSpan period, CancellationToken cancellation) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"run {period.TotalMilliseconds}"), cancellation);

    /// <summary>Cuts every TCP connection; sessions and subscriptions live on.</summary>
    public Task CutAsync(CancellationToken cancellation) => AskAsync("cut", cancellation);

    public async Task<NodeSessions> SessionsAsync(CancellationToken cancellation) =>
        new(await AskAsync("sessions", cancellation));

    /// <summary>Any word of tests/peers/opcua/control.js.</summary>
    public Task<JsonObject> AskAsync(string line, CancellationToken cancellation) => Process.AskAsync(line, AnswerLimit, cancellation);

    public void Dispose()
    {
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SpawnAsync(CancellationToken cancellation)
    {
        _process = new NodeProcess("server.js", _options.Arguments(Port, _folder));
        _ready = await _process.HearAsync("ready", StartLimit, cancellation);
        ReadyTimestamp = Stopwatch.GetTimestamp();
    }
}
