using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>OAEP with SHA-1, PKCS#1 v1.5 signatures, SHA-256: what nearly every server of today offers, with AES-256, or for small devices with AES-128.</summary>
internal sealed class RsaOaepPolicy(string name, int symmetricKeyBytes) : SecurityPolicy(name)
{
    public override int NonceBytes => 32;

    public override int RsaBitsMin => 2048;

    public override int RsaBitsMax => 4096;

    public override string? AsymmetricSignatureUri => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    public override string? AsymmetricEncryptionUri => "http://www.w3.org/2001/04/xmlenc#rsa-oaep";

    internal override RSAEncryptionPadding? EncryptionPadding => RSAEncryptionPadding.OaepSHA1;

    internal override RSASignaturePadding? SignaturePadding => RSASignaturePadding.Pkcs1;

    /// <summary>OAEP: two SHA-1 hashes and two bytes.</summary>
    internal override int EncryptionOverheadBytes => 42;

    internal override int SymmetricKeyBytes => symmetricKeyBytes;
}
