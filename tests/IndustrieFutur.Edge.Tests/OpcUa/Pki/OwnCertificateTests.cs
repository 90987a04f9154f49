using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>Our certificate is what OPC UA wants, made once, renewed with a new key, and used until there is a newer one.</summary>
public sealed class OwnCertificateTests : IDisposable
{
    private static readonly OwnCertificateRequest Request = new() { Edge = "cell1", Hosts = ["edge.plant.local", "192.168.0.5"] };

    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void It_is_made_as_OPC_UA_wants_it()
    {
        using var own = _bed.Store.LoadOrCreateOwn(Request);

        var certificate = own.Certificate;
        var names = SubjectNames.Of(certificate);
        var basic = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        var uses = certificate.Extensions.OfType<X509KeyUsageExtension>().Single();
        var purposes = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value);
        using var key = certificate.GetRSAPrivateKey();
        Assert.Equal($"urn:{System.Net.Dns.GetHostName()}:IndustrieFutur:Edge:cell1", own.ApplicationUri);
        Assert.Equal((own.ApplicationUri, "edge.plant.local, 192.168.0.5"), (names.ApplicationUri, names.Hosts));
        Assert.Equal((false, true), (basic.CertificateAuthority, basic.Critical));
        Assert.Equal((Draft.ApplicationUses | X509KeyUsageFlags.KeyCertSign, true), (uses.KeyUsages, uses.Critical));
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], purposes);
        Assert.Equal("1.2.840.113549.1.1.11", certificate.SignatureAlgorithm.Value);
        Assert.Equal(2048, key!.KeySize);
        Assert.Equal((Draft.Now.UtcDateTime.AddDays(-1), Draft.Now.UtcDateTime.AddDays(5 * 365)), (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()));
    }

    [Fact]
    public void A_peer_with_the_same_checks_accepts_it_as_client_and_as_server()
    {
        using var own = _bed.Store.LoadOrCreateOwn(Request);
        _bed.Trust(own.Certificate);
        var asClient = new CertificateExpectations { Role = CertificateRole.Client, ApplicationUri = own.ApplicationUri };

        Assert.True(_bed.Check(own.Der, asClient).IsAccepted);
        Assert.True(_bed.Check(own.Der, asClient with { Role = CertificateRole.Server, Host = "192.168.0.5" }).IsAccepted);
    }

    [Fact]
    public void It_is_made_once_even_when_two_want_it_at_the_same_time()
    {
        var thumbprints = new string[4];

        Parallel.For(0, thumbprints.Length, index =>
        {
            using var own = new PkiStore(_bed.Folder, _bed.Clock).LoadOrCreateOwn(Request);
            thumbprints[index] = own.Thumbprint;
        });

        Assert.Single(thumbprints.Distinct());
        Assert.Single(_bed.Store.List());
    }

    [Fact]
    public void A_machine_with_another_name_keeps_it()
    {
        using var own = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = "urn:old-name:IndustrieFutur:Edge:cell1" });

        using var again = _bed.Store.LoadOrCreateOwn(Request);
        using var whichever = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest());

        Assert.Equal((own.Thumbprint, own.Thumbprint), (again.Thumbprint, whichever.Thumbprint));
    }

    [Fact]
    public void An_edge_with_another_name_keeps_the_one_that_servers_trust()
    {
        using var ofProbe = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest());

        using var ofService = _bed.Store.LoadOrCreateOwn(Request);

        Assert.Equal(ofProbe.Thumbprint, ofService.Thumbprint);
    }

    [Fact]
    public void The_one_that_bears_the_name_of_the_edge_goes_before_a_newer_one_that_does_not()
    {
        using var named = _bed.Store.LoadOrCreateOwn(Request);
        _bed.Clock.Advance(TimeSpan.FromDays(2));
        using var newer = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = "urn:x:IndustrieFutur:Edge:cell11" });

        using var found = _bed.Store.LoadOrCreateOwn(Request);

        Assert.NotEqual(named.Thumbprint, newer.Thumbprint);
        Assert.Equal(named.Thumbprint, found.Thumbprint);
    }

    [Fact]
    public void A_configured_URI_is_taken_to_the_letter()
    {
        using var own = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = "urn:Plant:x%20y" });

        Assert.Equal("urn:Plant:x%20y", SubjectNames.Of(own.Certificate).ApplicationUri);
    }

    [Theory]
    [InlineData("no uri")]
    [InlineData("urn:plänt:x")]
    [InlineData("")]
    public void What_is_no_URI_is_told(string uri)
    {
        var refusal = Assert.Throws<PkiUsageException>(() => _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { ApplicationUri = uri }));

        Assert.Contains("is no application URI", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renewed_one_has_a_new_key_and_the_last_one_stays_until_the_next()
    {
        using var first = _bed.Store.LoadOrCreateOwn(Request);
        using var second = _bed.Store.Renew(Request);
        using var used = _bed.Store.LoadOrCreateOwn(Request);

        Assert.Equal(second.Thumbprint, used.Thumbprint);
        Assert.Equal(first.ApplicationUri, second.ApplicationUri);
        Assert.NotEqual(first.Certificate.GetPublicKeyString(), second.Certificate.GetPublicKeyString());
        Assert.Equal(2, _bed.Store.List().Count);

        using var third = _bed.Store.Renew(Request);
        Assert.Equal(
            new[] { second.Thumbprint, third.Thumbprint }.Order(), _bed.Store.List().Select(stored => stored.Thumbprint).Order());
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_bed.Folder, "own", "private")).Length);

        File.Delete(_bed.Store.FileOf(third));
        using var back = _bed.Store.LoadOrCreateOwn(Request);
        Assert.Equal(second.Thumbprint, back.Thumbprint);
    }

    [Fact]
    public void A_longer_key_is_made_when_asked_for()
    {
        using var own = _bed.Store.LoadOrCreateOwn(Request with { KeyBits = 3072 });
        using var key = own.Certificate.GetRSAPrivateKey();

        Assert.Equal(3072, key!.KeySize);
        Assert.Throws<PkiUsageException>(() => _bed.Store.Renew(Request with { KeyBits = 1024 }));
    }

    [Fact]
    public void One_without_its_key_or_with_anothers_is_told_and_not_used()
    {
        using var first = _bed.Store.LoadOrCreateOwn(Request);
        var key = Assert.Single(Directory.GetFiles(Path.Combine(_bed.Folder, "own", "private")));
        File.WriteAllText(key, PkiKeys.Forger.ExportPkcs8PrivateKeyPem());
        Assert.Contains("does not belong to our certificate", Assert.Single(_bed.Store.OwnComplaints()), StringComparison.Ordinal);

        File.Delete(key);
        Assert.Contains("is not there", Assert.Single(_bed.Store.OwnComplaints()), StringComparison.Ordinal);
        Assert.Null(_bed.Store.FindOwn(Request));

        using var second = _bed.Store.LoadOrCreateOwn(Request);
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void A_key_that_others_can_read_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists instead of modes; the folder's apply.");
            return;
        }

        using var own = _bed.Store.LoadOrCreateOwn(Request);
        var key = Assert.Single(Directory.GetFiles(Path.Combine(_bed.Folder, "own", "private")));

        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("can be read by other users", Assert.Single(_bed.Store.OwnComplaints()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData((5 * 365) - 61, null)]
    [InlineData((5 * 365) - 59, "expires in 59 days")]
    [InlineData((5 * 365) + 1, "has expired")]
    public void That_it_expires_is_said_in_time(int days, string? words)
    {
        using var own = _bed.Store.LoadOrCreateOwn(Request);

        var warning = own.ExpiryWarning(new FakeTimeProvider(Draft.Now.AddDays(days)));

        Assert.Equal(words is null, warning is null);
        Assert.Contains(words ?? "", warning ?? "", StringComparison.Ordinal);
        Assert.EndsWith(words is null ? "" : $": ifedge cert renew --uri {own.ApplicationUri} --data \"{Path.GetDirectoryName(_bed.Folder)}\"", warning ?? "", StringComparison.Ordinal);
    }
}
