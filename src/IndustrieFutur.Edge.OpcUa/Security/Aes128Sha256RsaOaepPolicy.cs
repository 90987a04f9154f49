using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>The policy for small devices: as Basic256Sha256, but with AES-128.</summary>
internal sealed class Aes128Sha256RsaOaepPolicy() : SecurityPolicy("Aes128_Sha256_RsaOaep")
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

    internal override int SymmetricKeyBytes => 16;
}
