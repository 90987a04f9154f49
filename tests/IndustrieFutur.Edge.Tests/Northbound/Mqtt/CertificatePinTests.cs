using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.Northbound.Mqtt;

namespace IndustrieFutur.Edge.Tests.Northbound.Mqtt;

/// <summary>A pin in every form that tools print it.</summary>
public sealed class CertificatePinTests : IDisposable
{
    private readonly X509Certificate2 _certificate = Make();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public void A_certificate_is_known_by_its_own_hash_however_it_is_written()
    {
        var hash = SHA256.HashData(_certificate.RawData);
        string[] forms =
        [
            Convert.ToHexString(hash),
            Convert.ToHexStringLower(hash),
            string.Join(':', Convert.ToHexString(hash).Chunk(2).Select(pair => new string(pair))),
            "sha256:" + Convert.ToHexString(hash),
            Convert.ToBase64String(hash),
            "SHA256:" + Convert.ToBase64String(hash),
        ];

        Assert.All(forms, form => Assert.True(CertificatePin.TryParse(form, out var pin) && pin.Fits(_certificate), form));
    }

    [Fact]
    public void A_certificate_is_known_by_the_hash_of_its_key_and_no_other()
    {
        using var other = Make();
        var keyPin = Convert.ToBase64String(SHA256.HashData(_certificate.PublicKey.ExportSubjectPublicKeyInfo()));

        Assert.True(CertificatePin.TryParse(keyPin, out var pin));
        Assert.True(pin.Fits(_certificate));
        Assert.False(pin.Fits(other));
        Assert.True(CertificatePin.Of(other).Fits(other));
        Assert.False(CertificatePin.Of(other).Fits(_certificate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("00:11:22")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("AAAA")]
    public void What_is_no_SHA_256_is_no_pin(string text)
    {
        Assert.False(CertificatePin.TryParse(text, out _));
    }

    [Fact]
    public void A_pin_that_was_never_read_fits_nothing()
    {
        Assert.False(default(CertificatePin).Fits(_certificate));
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddHours(1));
    }
}
