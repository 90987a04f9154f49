using IndustrieFutur.Edge.App;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.App.Verbs;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>The demonstration's edge and its simulated cobot know each other's certificates, and nobody else's.</summary>
public sealed class DemoTrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-demo-trust-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_side_trusts_the_one_certificate_of_the_other_however_often_it_is_started()
    {
        var trust = new DemoTrust(Data);
        trust.Prepare();
        var cobots = new PkiStore(Path.Combine(trust.CobotFolder, "pki"));
        using var cobot = cobots.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = "urn:test:cobot" });

        trust.Establish("cell1", device: null);
        trust.Establish("cell1", device: null);

        var ours = new PkiStore(Path.Combine(Data, "pki"));
        Assert.Equal([cobot.Certificate.Thumbprint], In(ours, CertificatePlace.Trusted));
        Assert.Equal(In(ours, CertificatePlace.Own), In(cobots, CertificatePlace.Trusted));
        Assert.Single(In(ours, CertificatePlace.Own));
    }

    [Fact]
    public void Beside_another_ifedge_in_the_same_data_folder_nothing_is_begun()
    {
        using var other = DataDirectory.Own(Data);

        var refused = Assert.Throws<VerbFailedException>(new DemoTrust(Data).Prepare);

        Assert.Equal(ExitCode.RefusedByRule, refused.ExitCode);
    }

    [Fact]
    public void A_data_folder_that_cannot_be_is_told_in_a_sentence()
    {
        File.WriteAllText(Data, "in the way");

        var refused = Assert.Throws<VerbFailedException>(new DemoTrust(Data).Prepare);

        Assert.Equal(ExitCode.CannotConnect, refused.ExitCode);
        Assert.Contains(Data, refused.Message, StringComparison.Ordinal);
    }

    private static List<string> In(PkiStore store, CertificatePlace place) =>
        [.. store.List().Where(certificate => certificate.Place == place).Select(certificate => certificate.Thumbprint)];
}
