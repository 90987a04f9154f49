using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A user's certificate comes with its key from PEM or PFX, and what no server would take is told before it is tried.</summary>
public sealed class UserCertificatesTests : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);

    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Pem_and_pfx_are_opened_with_and_without_a_password()
    {
        using var user = User.SelfSigned();
        var certificate = user.ExportCertificatePem() + "\n";
        string[] open = [File("user.pem", certificate + PkiKeys.Server.ExportPkcs8PrivateKeyPem()), File("user.pfx", user.Export(X509ContentType.Pfx))];
        string[] locked =
        [
            File("locked.pem", certificate + PkiKeys.Server.ExportEncryptedPkcs8PrivateKeyPem("secret", Encryption)),
            File("locked.pfx", user.Export(X509ContentType.Pfx, "secret")),
        ];

        Assert.All(open, file => AssertLoads(file, null, user));
        Assert.All(locked, file => AssertLoads(file, "secret", user));
        Assert.All(locked, file => AssertRefused(file, "wrong", "has another password"));
        Assert.All(locked, file => AssertRefused(file, null, "needs a password, and none is given"));
    }

    [Fact]
    public void What_no_server_would_take_is_told()
    {
        AssertRefused(Pem("expired.pem", User with { Until = Draft.Now.AddDays(-1) }), null, "has expired: it was valid until 2026-06-14 12:00 UTC");
        AssertRefused(Pem("early.pem", User with { From = Draft.Now.AddDays(1) }), null, "is not valid before 2026-06-16 12:00 UTC");
        AssertRefused(Pem("short.pem", User with { Key = PkiKeys.Short }), null, "has a key of 1024 bits");
        AssertRefused(Pem("old.pem", User with { Hash = HashAlgorithmName.SHA1 }), null, "can be forged");
        AssertRefused(Pem("encrypts.pem", User with { Uses = X509KeyUsageFlags.DataEncipherment }), null, "may not be used to sign");
    }

    [Fact]
    public void A_file_that_is_none_is_told()
    {
        using var user = User.SelfSigned();

        AssertRefused(File("bare.pem", user.ExportCertificatePem()), null, "holds no private key");
        AssertRefused(File("other.pem", user.ExportCertificatePem() + "\n" + PkiKeys.Forger.ExportPkcs8PrivateKeyPem()), null, "cannot be opened");
        AssertRefused(File("noise.pfx", [1, 2, 3]), null, "cannot be opened");
        AssertRefused(File("large.pfx", new byte[300_000]), null, "is larger than");
        AssertRefused(Path.Combine(_bed.Folder, "not-there.pem"), null, "cannot be read");
    }

    private static Draft User => Draft.Server with { Subject = "CN=operator", ApplicationUri = null, Hosts = ["x"], Uses = X509KeyUsageFlags.DigitalSignature };

    private void AssertLoads(string file, string? password, X509Certificate2 expected)
    {
        using var loaded = UserCertificates.Load(file, password, _bed.Clock);

        Assert.Equal((expected.Thumbprint, true), (loaded.Thumbprint, loaded.HasPrivateKey));
    }

    private void AssertRefused(string file, string? password, string words)
    {
        var refusal = Assert.Throws<PkiException>(() => UserCertificates.Load(file, password, _bed.Clock));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    private string Pem(string name, Draft draft)
    {
        using var user = draft.SelfSigned();
        return File(name, user.ExportCertificatePem() + "\n" + draft.Key.ExportPkcs8PrivateKeyPem());
    }

    private string File(string name, string text) => File(name, System.Text.Encoding.ASCII.GetBytes(text));

    private string File(string name, byte[] bytes) => _bed.Put("users", name, bytes);
}
