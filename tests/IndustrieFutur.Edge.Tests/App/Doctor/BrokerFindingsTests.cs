using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Doctor;
using IndustrieFutur.Edge.Core.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.App.Doctor;

/// <summary>What the doctor says of an embedded broker, before it starts and while it runs.</summary>
public sealed class BrokerFindingsTests : IDisposable
{
    private static readonly DateTimeOffset Issued = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_port_that_another_has_is_found_before_the_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var finding = Try(new EmbeddedBrokerOptions { Port = port })[^1];

        Assert.Equal(Verdict.Fail, finding.Verdict);
        Assert.StartsWith($"port 127.0.0.1:{port} indisponible", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_is_missing_is_found()
    {
        var users = new Dictionary<string, BrokerUserOptions> { ["anna"] = new() { Password = SecretReference.Parse("file:nowhere", out _), Historian = true } };

        var finding = Try(new EmbeddedBrokerOptions { Users = users })[0];

        Assert.Equal(Verdict.Fail, finding.Verdict);
        Assert.Contains("user anna", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, "Ok")]
    [InlineData(350, "Warning")]
    [InlineData(366, "Fail")]
    public void A_certificate_is_told_of_a_month_before_it_expires(int day, string expected)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Issued, Issued.AddDays(365));
        File.WriteAllText(Path.Combine(_folder, "c.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "k.pem"), key.ExportPkcs8PrivateKeyPem());

        Assert.Equal(expected, $"{Try(new EmbeddedBrokerOptions { CertificateFile = "c.pem", KeyFile = "k.pem" }, day)[1].Verdict}");
    }

    [Fact]
    public void A_certificate_that_is_not_there_is_found()
    {
        Assert.Equal(Verdict.Fail, Try(new EmbeddedBrokerOptions { CertificateFile = "c.pem", KeyFile = "k.pem" })[1].Verdict);
    }

    [Fact]
    public async Task What_a_running_broker_has_refused_is_told_French_first()
    {
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions(), _folder);
        var calm = Assert.Single(BrokerFindings.Read(Json(broker)));
        broker.Counters.CountLogin();
        broker.Counters.CountUndelivered();

        var troubled = BrokerFindings.Read(Json(broker)).ToArray();

        Assert.Equal(Verdict.Ok, calm.Verdict);
        Assert.StartsWith("broker mqtt://127.0.0.1:1883 : 0/200 clients", calm.Text, StringComparison.Ordinal);
        Assert.All(troubled, finding => Assert.Equal(Verdict.Warning, finding.Verdict));
        Assert.Equal("1 connexions refusées (utilisateur ou mot de passe) / log-ins refused (user or password)", troubled[0].Text);
        Assert.Equal(2, troubled.Length);
    }

    private static JsonNode Json(EmbeddedBroker broker) => JsonNode.Parse(BrokerReport.ToJson(broker).ToJsonString())!;

    private Finding[] Try(EmbeddedBrokerOptions options, int day = 1) => [.. BrokerFindings.Try(options, _folder, new FakeTimeProvider(Issued.AddDays(day)))];
}
