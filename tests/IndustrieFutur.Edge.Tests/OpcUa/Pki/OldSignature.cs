using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>Signs certificates with SHA-1, which the framework does no more.</summary>
internal sealed class OldSignature(RSA key, RSASignaturePadding padding) : X509SignatureGenerator
{
    /// <summary>sha1WithRSAEncryption, and id-RSASSA-PSS that says nothing, which means SHA-1.</summary>
    private static readonly byte[] Pkcs1 = Convert.FromHexString("300D06092A864886F70D0101050500");

    private static readonly byte[] Pss = Convert.FromHexString("300D06092A864886F70D01010A3000");

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => padding == RSASignaturePadding.Pss ? Pss : Pkcs1;

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, padding);

    protected override PublicKey BuildPublicKey() => new(key);
}
