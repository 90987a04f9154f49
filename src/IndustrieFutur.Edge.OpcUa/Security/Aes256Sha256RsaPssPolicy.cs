using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>The strongest of the RSA policies: OAEP with SHA-256, PSS signatures, AES-256.</summary>
internal sealed class Aes256Sha256RsaPssPolicy() : SecurityPolicy("Aes256_Sha256_RsaPss")
{
    public override int NonceBytes => 32;

    public override int RsaBitsMin => 2048;

    public override int RsaBitsMax => 4096;

    public override string? AsymmetricSignatureUri => "http://opcfoundation.org/UA/security/rsa-pss-sha2-256";

    public override string? AsymmetricEncryptionUri => "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256";

    internal override RSAEncryptionPadding? EncryptionPadding => RSAEncryptionPadding.OaepSHA256;

    internal override RSASignaturePadding? SignaturePadding => RSASignaturePadding.Pss;

    /// <summary>OAEP: two SHA-256 hashes and two bytes.</summary>
    internal override int EncryptionOverheadBytes => 66;

    internal override int SymmetricKeyBytes => 32;
}
