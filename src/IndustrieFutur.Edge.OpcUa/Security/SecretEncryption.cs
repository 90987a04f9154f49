using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>
/// Encrypts a password for one server and one session: its length, the password, the server's last nonce, in RSA blocks
/// (OPC UA Part 4, 7.40.2.3 and 7.41). There is no way through here that leaves a password in clear.
/// </summary>
public static class SecretEncryption
{
    private const int LengthBytes = 4;

    /// <summary>Whatever the server's certificate says of itself was checked before; its key must suit the policy all the same.</summary>
    public static ProtectedSecret Encrypt(
        SecurityPolicy policy, ReadOnlySpan<byte> serverDerChain, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> serverNonce)
    {
        ArgumentNullException.ThrowIfNull(policy);
        using var certificate = Load(serverDerChain);
        using var key = certificate.GetRSAPublicKey();
        if (policy.IsNone || key is null || key.KeySize < policy.RsaBitsMin || key.KeySize > policy.RsaBitsMax)
        {
            throw new UaException(
                StatusCodes.BadSecurityPolicyRejected,
                $"A password cannot be encrypted for this server under the policy {policy}; it is not sent. Choose an endpoint or a user policy with security, and a server certificate with an RSA key of 2048 bits or more.");
        }

        var plain = new byte[LengthBytes + secret.Length + serverNonce.Length];
        BinaryPrimitives.WriteInt32LittleEndian(plain, secret.Length + serverNonce.Length);
        secret.CopyTo(plain.AsSpan(LengthBytes));
        serverNonce.CopyTo(plain.AsSpan(LengthBytes + secret.Length));
        try
        {
            return new ProtectedSecret(policy.Encrypt(key, plain), policy.AsymmetricEncryptionUri);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>A server's side: the password, if it was encrypted for our key and for the nonce that we sent last; nothing is told of what was wrong.</summary>
    public static byte[] Decrypt(SecurityPolicy policy, RSA own, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> lastNonce)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(own);
        var plain = new byte[cipher.Length];
        try
        {
            return policy.TryDecrypt(own, cipher, plain, out var bytes) && TryOpen(plain.AsSpan(0, bytes), lastNonce, out var secret)
                ? secret
                : throw new UaException(StatusCodes.BadIdentityTokenInvalid, "A password came that was not encrypted for this server and this session; it is refused.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Some clients fill the last block with zeros: the length says where the nonce ends.</summary>
    private static bool TryOpen(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce, out byte[] secret)
    {
        secret = [];
        if (plain.Length < LengthBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
        var content = plain[LengthBytes..];
        if (length < nonce.Length || length > content.Length || !CryptographicOperations.FixedTimeEquals(content[(length - nonce.Length)..length], nonce))
        {
            return false;
        }

        secret = content[..(length - nonce.Length)].ToArray();
        return true;
    }

    private static X509Certificate2 Load(ReadOnlySpan<byte> derChain)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(DerChain.Leaf(derChain));
        }
        catch (CryptographicException cause)
        {
            throw new UaException(
                StatusCodes.BadCertificateInvalid, "The server's certificate cannot be read, so no password is sent to it. Look at the server's own certificate.", cause);
        }
    }
}
