using System.Text.Json;
using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>What <c>ifedge cert</c> does to the store, and how it answers people and scripts.</summary>
public sealed class CertVerbTests : IDisposable
{
    private readonly PkiBed _bed = new();

    private string Data => Path.GetDirectoryName(_bed.Folder)!;

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task An_empty_store_is_said_to_be_empty()
    {
        var (code, output, error) = await RunAsync("list");

        Assert.Equal((0, ""), (code, output));
        Assert.Contains("There are none yet", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bed.Folder));
    }

    [Fact]
    public async Task Export_makes_our_certificate_and_prints_it_as_pem()
    {
        var (code, output, _) = await RunAsync("export");

        var own = Assert.Single(_bed.Store.List());
        using var shown = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(System.Text.Encoding.ASCII.GetBytes(output));
        Assert.Equal((0, CertificatePlace.Own, own.Thumbprint), (code, own.Place, shown.Thumbprint));
    }

    [Fact]
    public async Task Export_writes_der_or_pem_by_the_ending()
    {
        var (der, pem) = (Path.Combine(Data, "ours.der"), Path.Combine(Data, "ours.pem"));

        Assert.Equal(0, (await RunAsync("export", "--out", der)).Code);
        Assert.Equal(0, (await RunAsync("export", "--out", pem)).Code);

        Assert.Equal(Assert.Single(_bed.Store.List()).Der, File.ReadAllBytes(der));
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", File.ReadAllText(pem), StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("export", "--out", Path.Combine(Data, "no", "such.der"))).Code);
    }

    [Fact]
    public async Task A_seen_certificate_is_listed_trusted_and_rejected()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);

        var (_, listed, _) = await RunAsync("list");
        Assert.Contains($"seen      {server.Thumbprint}", listed, StringComparison.Ordinal);
        Assert.Contains("CN=PLC 7, O=Plant  urn:plc:server", listed, StringComparison.Ordinal);

        var (code, output, _) = await RunAsync("trust", server.Thumbprint[..10]);
        Assert.Equal((0, $"trusted: CN=PLC 7, O=Plant {server.Thumbprint}\n"), (code, output));
        Assert.True(_bed.Check(server).IsAccepted);

        (code, output, var advice) = await RunAsync("reject", server.Thumbprint[..10]);
        Assert.Equal((0, $"rejected: CN=PLC 7, O=Plant {server.Thumbprint}\n"), (code, output));
        Assert.Contains($"ifedge cert trust {server.Thumbprint} --data \"{Data}\"", advice, StringComparison.Ordinal);
        Assert.False(_bed.Check(server).IsAccepted);
        Assert.Contains($"rejected  {server.Thumbprint}", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_of_a_refusal_does_what_it_says()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Trust(server);
        var atAddress = PkiBed.Expected with { Host = "192.168.0.10" };
        var command = _bed.Check(server, atAddress).NextStep.Split("ifedge ")[1].Replace("\"", "", StringComparison.Ordinal);

        var code = await CommandLine.RunAsync(command.Split(' '), TextWriter.Null, TextWriter.Null);

        Assert.Equal(0, code);
        Assert.True(_bed.Check(server, atAddress).IsAccepted);
    }

    [Fact]
    public async Task Scripts_read_json()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Trust(server);
        _bed.Put("trusted/certs", "damaged.der", [1, 2, 3]);

        var (code, output, error) = await RunAsync("list", "--json");

        using var json = JsonDocument.Parse(output);
        var certificate = Assert.Single(json.RootElement.GetProperty("certificates").EnumerateArray());
        Assert.Equal(("trusted", server.Thumbprint, Draft.Uri), (
            certificate.GetProperty("place").GetString(), certificate.GetProperty("thumbprint").GetString(), certificate.GetProperty("applicationUri").GetString()));
        Assert.Single(json.RootElement.GetProperty("complaints").EnumerateArray());
        Assert.Equal(1, code);
        Assert.Contains("damaged.der", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewing_tells_what_has_to_be_done_now()
    {
        await RunAsync("export");
        var old = Assert.Single(_bed.Store.List());

        var (code, output, error) = await RunAsync("renew");

        using var made = _bed.Store.FindOwn(new OwnCertificateRequest());
        Assert.Equal(0, code);
        Assert.NotEqual(old.Thumbprint, made!.Thumbprint);
        Assert.Contains($"{made.Thumbprint} {made.ApplicationUri}, valid until ", output, StringComparison.Ordinal);
        Assert.Contains($"Have every server trust it; it is written by: ifedge cert export {made.Thumbprint} --out ours.der --data \"{Data}\"", error, StringComparison.Ordinal);
        Assert.Contains(old.Thumbprint, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "trust", "0123456789")]
    [InlineData(2, "trust", "0123456789", "--host", "plc.local")]
    [InlineData(2, "reject", "0123456789")]
    [InlineData(2, "export", "short")]
    [InlineData(2, "renew", "--uri", "no uri")]
    [InlineData(2, "renew", "--bits", "1024")]
    [InlineData(2, "trust")]
    [InlineData(3, "commission", "plc")]
    public async Task What_cannot_be_done_ends_with_a_sentence(int expected, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith("ifedge: ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bed.Folder));
    }

    [Fact]
    public async Task A_mistyped_data_folder_is_told_and_does_not_come_into_being()
    {
        var nowhere = Path.Combine(Data, "nowhere");
        using var error = new StringWriter();

        var code = await CommandLine.RunAsync(["cert", "trust", "0123456789", "--data", nowhere], TextWriter.Null, error);

        Assert.Equal(2, code);
        Assert.Contains($"There are no certificates in {Path.Combine(nowhere, "pki")}", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task The_list_says_which_of_ours_is_in_use_and_going_back_works_as_it_is_told()
    {
        await RunAsync("export");
        var old = Assert.Single(_bed.Store.List());
        var (_, _, advice) = await RunAsync("renew");
        using var made = _bed.Store.FindOwn(new OwnCertificateRequest())!;

        var (_, listed, _) = await RunAsync("list");
        Assert.Matches($"own +{made.Thumbprint} .*  in use\n", listed);
        Assert.Matches($"own +{old.Thumbprint} .*  not in use\n", listed);
        var (_, json, _) = await RunAsync("list", "--json");
        Assert.Equal([made.Thumbprint], InUse(json));

        var files = advice.Split("its key: \"")[1].Trim().TrimEnd('"').Split("\" and \"");
        Assert.All(files, file => Assert.Contains(made.Thumbprint, file, StringComparison.Ordinal));
        Assert.Equal(2, files.Length);
        Assert.All(files, File.Delete);
        Assert.Equal([old.Thumbprint], InUse((await RunAsync("list", "--json")).Output));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_bed.Folder, "own"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task With_a_configuration_the_list_says_for_which_devices_one_of_ours_is_used()
    {
        var file = Path.Combine(Data, "edge.json");
        File.WriteAllText(file, """
            {
              "group": "la-roche", "edge": "cell1", "data": ".",
              "devices": {
                "plc": { "driver": "opcua", "endpoint": "opc.tcp://plc", "groups": { "all": { "signals": { "speed": { "node": "nsu=urn:x;s=speed", "type": "f64" } } } } },
                "arm": { "driver": "opcua", "endpoint": "opc.tcp://arm", "applicationUri": "urn:edge:arm", "groups": { "all": { "signals": { "speed": { "node": "nsu=urn:x;s=speed", "type": "f64" } } } } },
                "old": { "driver": "opcua", "endpoint": "opc.tcp://old", "security": { "policy": "None" }, "allowInsecure": true, "groups": { "all": { "signals": { "speed": { "node": "nsu=urn:x;s=speed", "type": "f64" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }
            }
            """);
        using var ofEdge = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" });
        using var ofArm = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = "urn:edge:arm" });
        using var ofNobody = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = "urn:edge:nobody" });
        using var output = new StringWriter();

        await CommandLine.RunAsync(["cert", "list", "--config", file], output, TextWriter.Null);

        Assert.Matches($"{ofEdge.Thumbprint} .*  in use for plc\n", output.ToString());
        Assert.Matches($"{ofArm.Thumbprint} .*  in use for arm\n", output.ToString());
        Assert.Matches($"{ofNobody.Thumbprint} .*  not in use\n", output.ToString());
    }

    private static IEnumerable<string?> InUse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("certificates").EnumerateArray()
            .Where(certificate => certificate.GetProperty("inUse").GetBoolean())
            .Select(certificate => certificate.GetProperty("thumbprint").GetString())];
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["cert", .. args, "--data", Data], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
