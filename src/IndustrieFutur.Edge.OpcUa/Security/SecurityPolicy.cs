using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>How a channel signs and encrypts: the algorithms that a policy's URI stands for (OPC UA Part 7, security policies).</summary>
public abstract class SecurityPolicy
{
    /// <summary>HMAC-SHA256 in every policy we know.</summary>
    internal const int SignatureBytes = 32;

    /// <summary>One AES block.</summary>
    internal const int BlockBytes = 16;

    private const string UriStart = "http://opcfoundation.org/UA/SecurityPolicy#";

    private protected SecurityPolicy(string name) => Name = name;

    /// <summary>The part of the URI behind the '#'.</summary>
    public string Name { get; }

    public string Uri => UriStart + Name;

    /// <summary>True for None: nothing is signed, nothing is encrypted.</summary>
    public bool IsNone => EncryptionPadding is null;

    /// <summary>Least length of a nonce, of the channel and of the session.</summary>
    public abstract int NonceBytes { get; }

    public abstract int RsaBitsMin { get; }

    public abstract int RsaBitsMax { get; }

    /// <summary>The algorithm named beside a signature of the session; null with None.</summary>
    public abstract string? AsymmetricSignatureUri { get; }

    /// <summary>The algorithm named beside an encrypted password; null with None.</summary>
    public abstract string? AsymmetricEncryptionUri { get; }

    internal abstract RSAEncryptionPadding? EncryptionPadding { get; }

    internal abstract RSASignaturePadding? SignaturePadding { get; }

    /// <summary>Bytes of each RSA block that OAEP takes for itself.</summary>
    internal abstract int EncryptionOverheadBytes { get; }

    /// <summary>AES-128 or AES-256.</summary>
    internal abstract int SymmetricKeyBytes { get; }

    /// <summary>Encrypts block by block for the holder of the key; the last block may be short.</summary>
    public byte[] Encrypt(RSA peerPublic, ReadOnlySpan<byte> plain)
    {
        ArgumentNullException.ThrowIfNull(peerPublic);
        var padding = EncryptionPadding ?? throw NothingWithNone();
        var plainBlock = PlainBlockBytes(peerPublic);
        var block = RsaBytes(peerPublic);
        var cipher = new byte[(plain.Length + plainBlock - 1) / plainBlock * block];
        for (var done = 0; done < cipher.Length; done += block)
        {
            var piece = plain[..Math.Min(plainBlock, plain.Length)];
            peerPublic.Encrypt(piece, cipher.AsSpan(done, block), padding);
            plain = plain[piece.Length..];
        }

        return cipher;
    }

    /// <summary>Undoes <see cref="Encrypt"/>; throws BadSecurityChecksFailed without saying what was wrong.</summary>
    public byte[] Decrypt(RSA own, ReadOnlySpan<byte> cipher)
    {
        ArgumentNullException.ThrowIfNull(own);
        var plain = new byte[cipher.Length];
        return TryDecrypt(own, cipher, plain, out var bytes)
            ? plain[..bytes]
            : throw new UaException(
                StatusCodes.BadSecurityChecksFailed,
                "What was encrypted for our certificate cannot be decrypted with its key; it is refused. Check that the peer uses our present certificate.");
    }

    public byte[] Sign(RSA own, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(own);
        return own.SignData(data, HashAlgorithmName.SHA256, SignaturePadding ?? throw NothingWithNone());
    }

    public bool Verify(RSA peer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return peer.VerifyData(data, signature, HashAlgorithmName.SHA256, SignaturePadding ?? throw NothingWithNone());
    }

    /// <summary>The keys of one direction of one token (OPC UA Part 6, 6.7.5): secret is the receiver's nonce, seed the sender's.</summary>
    public SymmetricKeys DeriveKeys(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, MessageSecurityMode mode)
    {
        if (IsNone || mode is not (MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt))
        {
            return SymmetricKeys.None;
        }

        Span<byte> derived = stackalloc byte[SignatureBytes + 32 + BlockBytes];
        derived = derived[..(SignatureBytes + SymmetricKeyBytes + BlockBytes)];
        PSha256.Derive(secret, seed, derived);
        var signing = derived[..SignatureBytes];
        SymmetricKeys keys = mode == MessageSecurityMode.Sign
            ? new SignKeys(signing)
            : new SignAndEncryptKeys(signing, derived.Slice(SignatureBytes, SymmetricKeyBytes), derived[^BlockBytes..]);
        CryptographicOperations.ZeroMemory(derived);
        return keys;
    }

    /// <summary>False when a block was not encrypted for this key; what was decrypted until then is not to be used.</summary>
    internal bool TryDecrypt(RSA own, ReadOnlySpan<byte> cipher, Span<byte> plain, out int bytes)
    {
        bytes = 0;
        var padding = EncryptionPadding ?? throw NothingWithNone();
        var block = RsaBytes(own);
        if (cipher.IsEmpty || cipher.Length % block != 0)
        {
            return false;
        }

        try
        {
            for (; !cipher.IsEmpty; cipher = cipher[block..])
            {
                bytes += own.Decrypt(cipher[..block], plain[bytes..], padding);
            }

            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    internal int PlainBlockBytes(RSA key) => RsaBytes(key) - EncryptionOverheadBytes;

    internal static int RsaBytes(RSA key) => key.KeySize / 8;

    public override string ToString() => Name;

    private static InvalidOperationException NothingWithNone() => new("The policy None neither signs nor encrypts.");
}
