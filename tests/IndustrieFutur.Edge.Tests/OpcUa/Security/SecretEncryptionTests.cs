using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Security;

/// <summary>A password reaches the server it is meant for, in the session it is meant for, and never in clear.</summary>
public sealed class SecretEncryptionTests
{
    private static readonly byte[] Nonce = RandomNumberGenerator.GetBytes(32);

    public static TheoryData<string, int> Passwords()
    {
        var data = new TheoryData<string, int>();
        foreach (var policy in SecurityPolicies.All.Where(policy => !policy.IsNone))
        {
            data.Add(policy.Name, 0);
            data.Add(policy.Name, 8);
            data.Add(policy.Name, 500);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Passwords))]
    public void A_password_of_any_length_comes_out_at_the_server(string name, int length)
    {
        var policy = SecurityPolicies.ByName(name)!;
        var password = RandomNumberGenerator.GetBytes(length);
        using var serverKey = TestCertificates.Server.GetRSAPrivateKey()!;

        var secret = SecretEncryption.Encrypt(policy, TestCertificates.Server.RawData, password, Nonce);

        Assert.Equal(policy.AsymmetricEncryptionUri, secret.AlgorithmUri);
        Assert.Equal(password, SecretEncryption.Decrypt(policy, serverKey, secret.Bytes, Nonce));
    }

    [Fact]
    public void A_password_for_another_session_or_server_is_refused()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        var secret = SecretEncryption.Encrypt(policy, TestCertificates.Server.RawData, "secret"u8, Nonce);
        using var serverKey = TestCertificates.Server.GetRSAPrivateKey()!;
        using var strangeKey = TestCertificates.Stranger.GetRSAPrivateKey()!;
        var otherNonce = RandomNumberGenerator.GetBytes(32);

        var replayed = Assert.Throws<UaException>(() => SecretEncryption.Decrypt(policy, serverKey, secret.Bytes, otherNonce));
        var misled = Assert.Throws<UaException>(() => SecretEncryption.Decrypt(policy, strangeKey, secret.Bytes, Nonce));

        Assert.Equal(StatusCodes.BadIdentityTokenInvalid, replayed.Status);
        Assert.Equal(replayed.Message, misled.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(31)]
    [InlineData(1_000)]
    [InlineData(int.MaxValue)]
    public void A_length_that_lies_is_refused(int length)
    {
        var policy = SecurityPolicies.Basic256Sha256;
        using var publicKey = TestCertificates.Server.GetRSAPublicKey()!;
        using var privateKey = TestCertificates.Server.GetRSAPrivateKey()!;
        var cipher = policy.Encrypt(publicKey, [.. BitConverter.GetBytes(length), .. "secret"u8, .. Nonce]);

        var refused = Assert.Throws<UaException>(() => SecretEncryption.Decrypt(policy, privateKey, cipher, Nonce));

        Assert.Equal(StatusCodes.BadIdentityTokenInvalid, refused.Status);
    }

    [Fact]
    public void Zeros_behind_the_nonce_as_some_clients_send_them_do_no_harm()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        using var publicKey = TestCertificates.Server.GetRSAPublicKey()!;
        using var privateKey = TestCertificates.Server.GetRSAPrivateKey()!;
        var cipher = policy.Encrypt(publicKey, [38, 0, 0, 0, .. "secret"u8, .. Nonce, .. new byte[100]]);

        Assert.Equal("secret"u8, SecretEncryption.Decrypt(policy, privateKey, cipher, Nonce));
    }

    [Fact]
    public void Without_security_a_password_stays_here()
    {
        var none = Assert.Throws<UaException>(() => SecretEncryption.Encrypt(SecurityPolicies.None, TestCertificates.Server.RawData, "secret"u8, Nonce));
        var weak = Assert.Throws<UaException>(
            () => SecretEncryption.Encrypt(SecurityPolicies.Basic256Sha256, TestCertificates.Short.RawData, "secret"u8, Nonce));
        var broken = Assert.Throws<UaException>(() => SecretEncryption.Encrypt(SecurityPolicies.Basic256Sha256, "no DER"u8, "secret"u8, Nonce));

        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, none.Status);
        Assert.Equal(StatusCodes.BadSecurityPolicyRejected, weak.Status);
        Assert.Equal(StatusCodes.BadCertificateInvalid, broken.Status);
    }
}
