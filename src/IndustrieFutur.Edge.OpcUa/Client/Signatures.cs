using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>The signatures of the session services: over the other side's certificate and its last nonce (OPC UA Part 4, 7.37).</summary>
internal static class Signatures
{
    /// <summary>Over the first certificate of the chain alone.</summary>
    public static SignatureData Make(SecurityPolicy policy, RSA own, byte[]? peerCertificate, byte[] peerNonce) => new()
    {
        Algorithm = policy.AsymmetricSignatureUri,
        Signature = policy.Sign(own, Joined(DerChain.Leaf(peerCertificate), peerNonce)),
    };

    /// <summary>Some servers sign over the whole chain that we sent instead of its first certificate: both prove the same key.</summary>
    public static bool Verify(SecurityPolicy policy, RSA peer, SignatureData signature, byte[] ownChain, byte[] ownNonce)
    {
        if (signature.Algorithm != policy.AsymmetricSignatureUri || signature.Signature is not { } bytes)
        {
            return false;
        }

        return policy.Verify(peer, Joined(DerChain.Leaf(ownChain), ownNonce), bytes)
            || policy.Verify(peer, Joined(ownChain, ownNonce), bytes);
    }

    private static byte[] Joined(ReadOnlySpan<byte> certificate, byte[] nonce)
    {
        var data = new byte[certificate.Length + nonce.Length];
        certificate.CopyTo(data);
        nonce.CopyTo(data, certificate.Length);
        return data;
    }
}
