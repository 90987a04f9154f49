using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.Cell.Tests.Proofs;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary><c>ifedge read</c> from a foreign server: a signal without a value always has its reason beside it.</summary>
[Trait("Category", "Foreign")]
public sealed class ReadVerbTests : IDisposable
{
    /// <summary>So many subscriptions are made after the one whose variable was refused.</summary>
    private const int GroupsAfter = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_refused_signal_has_its_reason_although_it_is_known_before_the_link_is_open()
    {
        using var server = await StartServerAsync();
        var groups = new JsonObject { ["first"] = Group("wrong", new JsonObject { ["path"] = "/Nowhere", ["type"] = "f64" }, "100ms") };
        for (var i = 0; i < GroupsAfter; i++)
        {
            groups[$"after{i}"] = Group(string.Create(CultureInfo.InvariantCulture, $"s{i}"), State(), "100ms");
        }

        var (code, output, errors) = Read(server.Endpoint, groups, "plc.wrong");

        Assert.Equal(ExitCode.FoundProblems, code);
        Assert.Contains("BadNoMatch", output, StringComparison.Ordinal);
        Assert.Contains("device plc, wrong: the server finds nothing there", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_open_and_silent_of_a_signal_is_named_with_it()
    {
        using var server = await StartServerAsync();

        var (code, _, errors) = Read(server.Endpoint, new JsonObject { ["rare"] = Group("s", State(), "20s") }, "--wait", "4s");

        Assert.Equal(ExitCode.TimedOut, code);
        Assert.Contains($"{server.Endpoint} (plc): is open, and has said nothing of plc.s within 4 s", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_frozen_is_said_to_be_silent_however_short_the_wait()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var endpoint = $"opc.tcp://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}";

        var (code, _, errors) = Read(endpoint, new JsonObject { ["all"] = Group("s", State(), "100ms") }, "--wait", "1.5s", "--json");

        Assert.Equal(ExitCode.TimedOut, code);
        Assert.Contains($"{endpoint} (plc): has not answered within 1.5 s, though nobody refuses the connection", errors, StringComparison.Ordinal);
    }

    private static JsonObject State() => new() { ["node"] = "i=2259", ["type"] = "i64" };

    private static JsonObject Group(string id, JsonObject signal, string publishing) =>
        new() { ["publishing"] = publishing, ["keepAlive"] = "20s", ["signals"] = new JsonObject { [id] = signal } };

    private async Task<NodeServer> StartServerAsync()
    {
        var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, TestContext.Current.CancellationToken);
        var trusted = Directory.CreateDirectory(_workplace.PathOf("data/pki/trusted/certs"));
        File.Copy(server.CertificateFile, Path.Combine(trusted.FullName, "server.pem"));
        return server;
    }

    private (int Code, string Output, string Errors) Read(string endpoint, JsonObject groups, params string[] arguments)
    {
        var device = new JsonObject { ["driver"] = "opcua", ["endpoint"] = endpoint, ["groups"] = groups };
        var file = _workplace.Write(Configurations.WithBroker(Configurations.Cell(device, "mqtt://127.0.0.1:1883", Configurations.Embedded()), 1883));
        using var edge = EdgeProcess.Start(_workplace.Folder, ["read", "--config", file, .. arguments]);
        var code = edge.WaitForExit(Limit);
        return (code, edge.Output, edge.Errors);
    }
}
