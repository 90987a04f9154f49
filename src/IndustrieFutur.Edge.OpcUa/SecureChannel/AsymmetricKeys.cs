using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>The two certificates that a channel is opened and renewed with: our key, the peer's, and what each is sent of the other.</summary>
internal sealed class AsymmetricKeys : IDisposable
{
    private AsymmetricKeys(SecurityPolicy policy, RSA? own, byte[]? ownDerChain, RSA? peer, byte[]? peerDer)
    {
        Policy = policy;
        Own = own;
        OwnDerChain = ownDerChain;
        OwnThumbprint = Thumbprint(ownDerChain);
        Peer = peer;
        PeerDer = peerDer;
        PeerThumbprint = Thumbprint(peerDer);
    }

    public SecurityPolicy Policy { get; }

    public RSA? Own { get; }

    public byte[]? OwnDerChain { get; }

    public byte[]? OwnThumbprint { get; }

    public RSA? Peer { get; }

    /// <summary>The certificate alone, without its issuers.</summary>
    public byte[]? PeerDer { get; }

    public byte[]? PeerThumbprint { get; }

    /// <summary>Those of the policy None.</summary>
    public static AsymmetricKeys None { get; } = new(SecurityPolicies.None, null, null, null, null);

    /// <summary>Keys that the policy does not allow are refused here, before anything is sent.</summary>
    public static AsymmetricKeys Of(SecurityPolicy policy, X509Certificate2? own, byte[]? ownDerChain, ReadOnlySpan<byte> peerDerChain)
    {
        if (policy.IsNone)
        {
            return None;
        }

        var ownKey = OwnKey(policy, own);
        try
        {
            var peerDer = DerChain.Leaf(peerDerChain).ToArray();
            return new AsymmetricKeys(policy, ownKey, ownDerChain ?? own!.RawData, PeerKey(policy, peerDer), peerDer);
        }
        catch
        {
            ownKey.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Own?.Dispose();
        Peer?.Dispose();
    }

    private static RSA OwnKey(SecurityPolicy policy, X509Certificate2? own)
    {
        var key = own?.GetRSAPrivateKey() ?? throw new UaException(
            StatusCodes.BadCertificateInvalid,
            $"The policy {policy} needs a certificate of our own with its RSA key, and there is none. Create it with 'ifedge cert renew'.");
        return Checked(policy, key, "our own certificate");
    }

    private static RSA PeerKey(SecurityPolicy policy, byte[] peerDer)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(peerDer);
            var key = certificate.GetRSAPublicKey() ?? throw new UaException(
                StatusCodes.BadCertificateInvalid,
                $"The peer's certificate has no RSA key, which the policy {policy} needs; nothing is sent to it. Have it make a certificate with an RSA key of {policy.RsaBitsMin} bits or more.");
            return Checked(policy, key, "the peer's certificate");
        }
        catch (CryptographicException cause)
        {
            throw new UaException(
                StatusCodes.BadCertificateInvalid, "The peer's certificate cannot be read; nothing is sent to it. Look at the peer's own certificate.", cause);
        }
    }

    private static RSA Checked(SecurityPolicy policy, RSA key, string whose)
    {
        if (key.KeySize >= policy.RsaBitsMin && key.KeySize <= policy.RsaBitsMax)
        {
            return key;
        }

        var bits = key.KeySize;
        key.Dispose();
        throw new UaException(
            StatusCodes.BadCertificatePolicyCheckFailed,
            $"The key of {whose} has {bits} bits; the policy {policy} allows {policy.RsaBitsMin} to {policy.RsaBitsMax}. The channel is not opened; another certificate is needed.");
    }

    [SuppressMessage("Security", "CA5350", Justification = "The thumbprint names a certificate (OPC UA Part 6, 6.7.2.3); nothing's safety rests on it.")]
    private static byte[]? Thumbprint(byte[]? derChain) => derChain is null ? null : SHA1.HashData(DerChain.Leaf(derChain));
}
