using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>No security: for discovery, and for those who have allowed it in so many words.</summary>
internal sealed class NonePolicy() : SecurityPolicy("None")
{
    public override int NonceBytes => 0;

    public override int RsaBitsMin => 0;

    /// <summary>Any certificate will do, for none is used.</summary>
    public override int RsaBitsMax => int.MaxValue;

    public override string? AsymmetricSignatureUri => null;

    public override string? AsymmetricEncryptionUri => null;

    internal override RSAEncryptionPadding? EncryptionPadding => null;

    internal override RSASignaturePadding? SignaturePadding => null;

    internal override int EncryptionOverheadBytes => 0;

    internal override int SymmetricKeyBytes => 0;
}
