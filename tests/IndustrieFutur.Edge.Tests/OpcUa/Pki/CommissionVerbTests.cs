using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary><c>ifedge cert commission</c> against a server on loopback: it pins what it may, waits for who is late, and says why it does not.</summary>
public sealed class CommissionVerbTests : IDisposable
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    private readonly PkiBed _bed = new();

    private string Data => Path.GetDirectoryName(_bed.Folder)!;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task The_servers_certificate_is_pinned_for_the_device()
    {
        using var certificate = Present.SelfSigned();
        using var server = Shows(certificate);

        var (code, output, error) = await RunAsync(Configuration(server.Address.Url), "--for", "20s");

        Assert.Equal((0, $"pinned for plc: CN=PLC 7, O=Plant {certificate.Thumbprint} {Draft.Uri}\n"), (code, output));
        Assert.Contains("Compare the thumbprint", error, StringComparison.Ordinal);
        Assert.Contains($"ifedge cert reject {certificate.Thumbprint} --data \"{Data}\"", error, StringComparison.Ordinal);
        Assert.Equal(certificate.Thumbprint, _bed.Store.PinOf("plc")!.Thumbprint);
        Assert.Null(_bed.Store.PinOf("plc")!.Host);
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_do_and_another_certificate_is_refused()
    {
        using var certificate = Present.SelfSigned();
        using var other = Present.SelfSigned();
        using var server = Shows(certificate);
        var configuration = Configuration(server.Address.Url);
        Assert.Equal(0, (await RunAsync(configuration)).Code);

        var again = await RunAsync(configuration);
        server.Endpoints.Clear();
        server.Endpoints.Add(Endpoint(other));
        var changed = await RunAsync(configuration);

        Assert.Equal((0, $"trusted: {certificate.Thumbprint}\n"), (again.Code, again.Output));
        Assert.Equal(5, changed.Code);
        Assert.Contains($"ifedge cert reject {certificate.Thumbprint}", changed.Error, StringComparison.Ordinal);
        Assert.Equal(certificate.Thumbprint, _bed.Store.PinOf("plc")!.Thumbprint);
    }

    [Fact]
    public async Task What_a_person_rejected_is_refused_with_the_way_to_take_it_back()
    {
        using var certificate = Present.SelfSigned();
        using var server = Shows(certificate);
        var configuration = Configuration(server.Address.Url);
        _bed.Put("rejected", certificate);
        _bed.Store.Reject(certificate.Thumbprint);

        var (code, output, error) = await RunAsync(configuration);

        Assert.Equal((7, ""), (code, output));
        Assert.Contains("was rejected here by a person", error, StringComparison.Ordinal);
        Assert.Contains($"ifedge cert trust {certificate.Thumbprint} --data \"{Data}\"", error, StringComparison.Ordinal);
        Assert.Null(_bed.Store.PinOf("plc"));

        _bed.Store.Trust(certificate.Thumbprint);
        Assert.Equal(0, (await RunAsync(configuration)).Code);
    }

    [Fact]
    public async Task An_application_that_is_known_by_another_certificate_is_not_met_for_the_first_time()
    {
        using var old = Present.SelfSigned();
        using var certificate = Present.SelfSigned();
        using var server = Shows(certificate);
        _bed.Trust(old);

        var (code, _, error) = await RunAsync(Configuration(server.Address.Url));

        Assert.Equal(5, code);
        Assert.Contains("has CHANGED", error, StringComparison.Ordinal);
        Assert.Null(_bed.Store.PinOf("plc"));
        _bed.Store.Trust(certificate.Thumbprint);
        Assert.Equal(0, (await RunAsync(Configuration(server.Address.Url))).Code);
    }

    [Fact]
    public async Task A_certificate_that_does_not_name_the_host_needs_a_word_more()
    {
        using var certificate = (Present with { Hosts = ["plc.local"] }).SelfSigned();
        using var server = Shows(certificate);
        var configuration = Configuration(server.Address.Url);

        var refused = await RunAsync(configuration);
        var accepted = await RunAsync(configuration, "--accept-host");

        Assert.Equal(5, refused.Code);
        Assert.Contains("Add --accept-host", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, accepted.Code);
        Assert.Equal("127.0.0.1", _bed.Store.PinOf("plc")!.Host);
    }

    [Fact]
    public async Task An_expired_certificate_is_not_pinned()
    {
        using var certificate = (Present with { Until = Today.AddDays(-1) }).SelfSigned();
        using var server = Shows(certificate);

        var (code, output, error) = await RunAsync(Configuration(server.Address.Url));

        Assert.Equal((5, ""), (code, output));
        Assert.Contains("has expired", error, StringComparison.Ordinal);
        Assert.Contains("Nothing was pinned", error, StringComparison.Ordinal);
        Assert.Null(_bed.Store.PinOf("plc"));
    }

    [Fact]
    public async Task A_device_that_does_not_appear_ends_6()
    {
        var (code, output, error) = await RunAsync(Configuration("opc.tcp://127.0.0.1:1"), "--for", "1s");

        Assert.Equal((6, ""), (code, output));
        Assert.Contains("plc did not appear at opc.tcp://127.0.0.1:1 in time", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_of_a_day_is_refused()
    {
        var (code, _, error) = await RunAsync(Configuration("opc.tcp://127.0.0.1:1"), "--for", "24h");

        Assert.Equal(2, code);
        Assert.Contains("an hour at most", error, StringComparison.Ordinal);
    }

    private static Draft Present => Draft.Server with { Hosts = ["127.0.0.1"], From = Today.AddDays(-10), Until = Today.AddDays(10) };

    private static ScriptedServer Shows(X509Certificate2 certificate)
    {
        var server = new ScriptedServer();
        server.Endpoints.Clear();
        server.Endpoints.Add(Endpoint(certificate));
        return server;
    }

    private static EndpointDescription Endpoint(X509Certificate2 certificate) => new()
    {
        EndpointUrl = "opc.tcp://a-name-that-nobody-resolves:4840",
        SecurityMode = MessageSecurityMode.SignAndEncrypt,
        SecurityPolicyUri = SecurityPolicies.Basic256Sha256.Uri,
        ServerCertificate = certificate.RawData,
        Server = new ApplicationDescription { ApplicationUri = Draft.Uri },
        UserIdentityTokens = [new UserTokenPolicy { PolicyId = "anon", TokenType = UserTokenType.Anonymous }],
    };

    private string Configuration(string endpoint)
    {
        var file = Path.Combine(Data, "edge.json");
        File.WriteAllText(file, $$"""
            {
              "group": "la-roche", "edge": "cell1", "data": ".",
              "devices": { "plc": { "driver": "opcua", "endpoint": "{{endpoint}}",
                "groups": { "all": { "signals": { "speed": { "node": "nsu=urn:x;s=speed", "type": "f64" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }
            }
            """);
        return file;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string configuration, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["cert", "commission", "plc", "--config", configuration, .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
