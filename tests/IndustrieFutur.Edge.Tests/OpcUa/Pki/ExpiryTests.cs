using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>The service and the doctor are told of a certificate of ours that expires, and of none that no device is shown.</summary>
public sealed class ExpiryTests : IDisposable
{
    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("Basic256Sha256", 0, 0)]
    [InlineData("Basic256Sha256", 5 * 365, 1)]
    [InlineData("None", 5 * 365, 0)]
    public void What_a_device_is_shown_is_warned_of(string policy, int days, int warnings)
    {
        var configuration = Configuration(policy);
        using var own = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" });

        var told = OwnCertificates.Warnings(configuration, new FakeTimeProvider(Draft.Now.AddDays(days - 1)));

        Assert.Equal(warnings, told.Count);
        Assert.All(told, warning => Assert.Contains("expires in 1 days", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_made_by_looking()
    {
        Assert.Empty(OwnCertificates.Warnings(Configuration("Basic256Sha256"), _bed.Clock));
        Assert.False(Directory.Exists(_bed.Folder));
    }

    private EdgeConfiguration Configuration(string policy)
    {
        var file = Path.Combine(Path.GetDirectoryName(_bed.Folder)!, "edge.json");
        File.WriteAllText(file, $$"""
            {
              "group": "la-roche", "edge": "cell1", "data": ".",
              "devices": { "plc": { "driver": "opcua", "endpoint": "opc.tcp://plc", "security": { "policy": "{{policy}}" }, "allowInsecure": true,
                "groups": { "all": { "signals": { "speed": { "node": "nsu=urn:x;s=speed", "type": "f64" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }
            }
            """);
        return EdgeConfiguration.Load(file).Configuration ?? throw new InvalidOperationException("The configuration of the test is not in order.");
    }
}
