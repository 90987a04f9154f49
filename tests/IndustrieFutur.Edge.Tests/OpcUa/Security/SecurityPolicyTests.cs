using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Security;

/// <summary>Each policy encrypts and signs for the holder of a key and for nobody else.</summary>
public sealed class SecurityPolicyTests
{
    public static TheoryData<string> Secured => [.. SecurityPolicies.All.Where(policy => !policy.IsNone).Select(policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Secured))]
    public void What_is_encrypted_in_many_blocks_comes_out_for_its_key_alone(string name)
    {
        var policy = SecurityPolicies.ByName(name)!;
        using var publicKey = TestCertificates.Server.GetRSAPublicKey()!;
        using var privateKey = TestCertificates.Server.GetRSAPrivateKey()!;
        using var strangeKey = TestCertificates.Stranger.GetRSAPrivateKey()!;
        var plain = RandomNumberGenerator.GetBytes(1_000);

        var cipher = policy.Encrypt(publicKey, plain);

        Assert.Equal(0, cipher.Length % 256);
        Assert.Equal(plain, policy.Decrypt(privateKey, cipher));
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Assert.Throws<UaException>(() => policy.Decrypt(strangeKey, cipher)).Status);
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Assert.Throws<UaException>(() => policy.Decrypt(privateKey, cipher.AsSpan(1))).Status);
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Assert.Throws<UaException>(() => policy.Decrypt(privateKey, [])).Status);
    }

    [Theory]
    [MemberData(nameof(Secured))]
    public void A_signature_holds_for_its_data_and_its_key_alone(string name)
    {
        var policy = SecurityPolicies.ByName(name)!;
        using var publicKey = TestCertificates.Server.GetRSAPublicKey()!;
        using var privateKey = TestCertificates.Server.GetRSAPrivateKey()!;
        using var strangeKey = TestCertificates.Stranger.GetRSAPublicKey()!;

        var signature = policy.Sign(privateKey, "data"u8);

        Assert.True(policy.Verify(publicKey, "data"u8, signature));
        Assert.False(policy.Verify(publicKey, "dato"u8, signature));
        Assert.False(policy.Verify(strangeKey, "data"u8, signature));
        Assert.False(policy.Verify(publicKey, "data"u8, []));
    }

    [Theory]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#None", "None")]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256", "Basic256Sha256")]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Aes128_Sha256_RsaOaep", "Aes128_Sha256_RsaOaep")]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Aes256_Sha256_RsaPss", "Aes256_Sha256_RsaPss")]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Basic256", null)]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Basic128Rsa15", null)]
    [InlineData(null, null)]
    public void A_policy_is_found_by_its_URI_and_the_broken_ones_are_not(string? uri, string? name)
    {
        Assert.Equal(name, SecurityPolicies.Find(uri)?.Name);
        Assert.Equal(name is null ? null : uri, SecurityPolicies.ByName(name)?.Uri);
    }

    [Fact]
    public void None_does_not_pretend_to_sign()
    {
        using var key = TestCertificates.Server.GetRSAPrivateKey()!;

        Assert.Throws<InvalidOperationException>(() => SecurityPolicies.None.Sign(key, "data"u8));
        Assert.Throws<InvalidOperationException>(() => SecurityPolicies.None.Verify(key, "data"u8, []));
        Assert.Throws<InvalidOperationException>(() => SecurityPolicies.None.Encrypt(key, "data"u8));
    }
}
