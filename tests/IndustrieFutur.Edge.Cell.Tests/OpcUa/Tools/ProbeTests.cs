using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Tools;

/// <summary><c>ifedge probe</c> on a foreign server: as it stands there for the first time, and once it is trusted.</summary>
[Trait("Category", "Foreign")]
public sealed class ProbeTests(ToolsServer peer) : IClassFixture<ToolsServer>, IDisposable
{
    private const string All = "address network protocol endpoints security trust session namespaces server read subscription";

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-probe-").FullName;

    private NodeServer Server => peer.Server;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_unknown_server_ends_5_at_trust_and_waits_among_the_rejected_for_the_command_that_is_told()
    {
        var before = await Server.SessionsAsync(TestContext.Current.CancellationToken);

        var (code, json) = await ProbeAsync(Server.Endpoint);

        var trust = Rung(json, "trust");
        Assert.Equal((5, "FAIL"), (code, (string?)trust["verdict"]));
        Assert.Equal("session namespaces server read subscription", string.Join(' ', json["notTried"]!.AsArray()));
        Assert.Equal(Server.LoadCertificate().Thumbprint, (string?)trust["facts"]!["thumbprint"]);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "pki", "rejected")));
        Assert.Contains($"ifedge cert trust {trust["facts"]!["thumbprint"]} --data \"{_folder}\"", (string?)trust["next"], StringComparison.Ordinal);
        Assert.Equal(before.Creates, (await Server.SessionsAsync(TestContext.Current.CancellationToken)).Creates);
    }

    [Fact]
    public async Task A_trusted_server_is_climbed_to_the_first_notification_over_the_strongest_endpoint()
    {
        Trust();

        var (code, json) = await ProbeAsync(Server.Endpoint);

        Assert.Equal((0, All), (code, string.Join(' ', json["rungs"]!.AsArray().Select(rung => rung!["rung"]))));
        Assert.Contains("Aes256_Sha256_RsaPss SignAndEncrypt is taken", (string?)Rung(json, "endpoints")["text"], StringComparison.Ordinal);
        Assert.Contains(Server.NamespaceUri, Rung(json, "namespaces")["facts"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("500", (string?)Rung(json, "server")["facts"]!["limit, nodes per read"]);
        Assert.Contains($"nsu={Server.NamespaceUri}", Rung(json, "read")["facts"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, (await Server.SessionsAsync(TestContext.Current.CancellationToken)).Live);
    }

    [Fact]
    public async Task A_wrong_password_ends_5_at_the_session_and_the_right_one_gets_in()
    {
        Trust();
        var (right, wrong) = (PasswordFile("secret"), PasswordFile("guess"));

        var (refused, json) = await ProbeAsync(Server.Endpoint, "--user", "operator", "--password-from", $"file:{wrong}");
        var (accepted, _) = await ProbeAsync(Server.Endpoint, "--user", "operator", "--password-from", $"file:{right}");

        Assert.Equal((5, "FAIL", 0), (refused, (string?)Rung(json, "session")["verdict"], accepted));
        Assert.DoesNotContain("guess", json.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("name and password", (string?)Rung(json, "session")["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_that_is_told_opens_the_way()
    {
        var (_, json) = await ProbeAsync(Server.Endpoint);
        var thumbprint = (string)Rung(json, "trust")["facts"]!["thumbprint"]!;

        var trusted = await CommandLine.RunAsync(["cert", "trust", thumbprint, "--data", _folder], TextWriter.Null, TextWriter.Null);
        var (code, _) = await ProbeAsync(Server.Endpoint);

        Assert.Equal((0, 0), (trusted, code));
    }

    [Fact]
    public async Task A_user_gets_in_by_certificate()
    {
        Trust();
        var file = Path.Combine(_folder, "user.pem");
        var user = ((UserIdentity.UserCertificate)Credentials.Of(Combination.Certificate)).Certificate;
        File.WriteAllText(file, user.ExportCertificatePem() + "\n" + user.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());

        var (code, json) = await ProbeAsync(Server.Endpoint, "--certificate", file);

        Assert.Equal(0, code);
        Assert.Contains("Operator of the tests", (string?)Rung(json, "session")["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_of_a_configuration_is_probed_as_the_service_would_speak_to_it()
    {
        Trust();
        Environment.SetEnvironmentVariable("EDGE_PROBE_TEST_PASSWORD", "secret");
        var file = Path.Combine(_folder, "edge.json");
        File.WriteAllText(file, $$"""
            { "group": "g", "edge": "cell1", "data": ".",
              "devices": { "arm": { "driver": "opcua", "endpoint": "{{Server.Endpoint}}", "security": { "policy": "Aes128_Sha256_RsaOaep", "mode": "Sign" },
                "user": { "name": "operator", "password": "env:EDGE_PROBE_TEST_PASSWORD" },
                "groups": { "all": { "signals": { "count": { "node": "{{Server.NodeOf(0)}}", "type": "i64" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "confirm": "stored", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }, "broker": { "port": 1883 } }
            """);

        var (code, json) = await ProbeAsync("arm", "--config", file);

        Assert.Equal((0, "Aes128_Sha256_RsaOaep Sign is taken: as the configuration or the command line says"), (code, (string?)Rung(json, "endpoints")["text"]));
        Assert.Equal("a session is open as the user operator", (string?)Rung(json, "session")["text"]);
    }

    [Theory]
    [InlineData("Basic256Sha256", "Sign", "Basic256Sha256 Sign is taken: as the configuration or the command line says")]
    [InlineData("Aes128_Sha256_RsaOaep", "SignAndEncrypt", "Aes128_Sha256_RsaOaep SignAndEncrypt is taken: as the configuration or the command line says")]
    public async Task A_policy_and_a_mode_can_be_asked_for(string policy, string mode, string expected)
    {
        Trust();

        var (code, json) = await ProbeAsync(Server.Endpoint, "--policy", policy, "--mode", mode);

        Assert.Equal((0, expected), (code, (string?)Rung(json, "endpoints")["text"]));
    }

    [Fact]
    public async Task Without_protection_it_goes_only_by_leave()
    {
        var (refused, _) = await ProbeAsync(Server.Endpoint, "--policy", "None");
        var (allowed, json) = await ProbeAsync(Server.Endpoint, "--policy", "None", "--allow-insecure");

        Assert.Equal((5, 0, "warning"), (refused, allowed, (string?)Rung(json, "endpoints")["verdict"]));
        Assert.Contains("leave --policy None out", (string?)Rung(json, "endpoints")["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_held_back_from_a_server_whom_we_do_not_trust_is_our_verdict_with_our_remedy()
    {
        var (code, json) = await ProbeAsync(
            Server.Endpoint, "--policy", "None", "--allow-insecure", "--user", "operator", "--password-from", $"file:{PasswordFile("secret")}");

        var session = Rung(json, "session");
        Assert.Equal((5, "FAIL"), (code, (string?)session["verdict"]));
        Assert.Contains("is not trusted by anybody here yet", (string?)session["text"], StringComparison.Ordinal);
        Assert.Contains($"ifedge cert trust {Server.LoadCertificate().Thumbprint} --data \"{_folder}\"", (string?)session["next"], StringComparison.Ordinal);
        Assert.DoesNotContain("rejected to the trusted", (string?)session["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_trust_us_ends_5_at_security_with_our_thumbprint()
    {
        Trust();
        using var strict = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Strict = true, Signals = 1 }, TestContext.Current.CancellationToken);

        var (code, json) = await ProbeAsync(strict.Endpoint);

        var security = Rung(json, "security");
        Assert.Equal((5, "FAIL"), (code, (string?)security["verdict"]));
        Assert.Contains("trusted", (string?)security["next"], StringComparison.Ordinal);
        var thumbprint = (string?)security["facts"]!["our thumbprint"];
        Assert.Equal(40, thumbprint!.Length);
        Assert.EndsWith($"ifedge cert export {thumbprint} --out ours.der --data \"{_folder}\"", (string?)security["next"], StringComparison.Ordinal);
    }

    private void Trust()
    {
        var trusted = Path.Combine(_folder, "pki", "trusted", "certs");
        Directory.CreateDirectory(trusted);
        File.Copy(Server.CertificateFile, Path.Combine(trusted, "server.pem"));
    }

    private string PasswordFile(string password)
    {
        var file = Path.Combine(_folder, password);
        File.WriteAllText(file, password + "\n");
        return file;
    }

    private async Task<(int Code, JsonNode Json)> ProbeAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["probe", .. args, "--data", _folder, "--json"], output, error);
        return output.GetStringBuilder().Length > 0
            ? (code, JsonNode.Parse(output.ToString())!)
            : throw new InvalidOperationException($"probe printed nothing and ended {code}: {error}");
    }

    private static JsonNode Rung(JsonNode json, string name) =>
        json["rungs"]!.AsArray().Single(rung => (string?)rung!["rung"] == name)!;
}
