using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>
/// What certificates and revocation lists have in common: something signed, by which algorithm, the signature (RFC 5280, 4.1.1 and 5.1.1).
/// Only algorithms that are safe today are known here; whatever else is there counts as weak.
/// </summary>
internal sealed class SignedDer
{
    private const string Pss = "1.2.840.113549.1.1.10";

    private static readonly Dictionary<string, HashAlgorithmName> RsaAlgorithms = new()
    {
        ["1.2.840.113549.1.1.11"] = HashAlgorithmName.SHA256,
        ["1.2.840.113549.1.1.12"] = HashAlgorithmName.SHA384,
        ["1.2.840.113549.1.1.13"] = HashAlgorithmName.SHA512,
    };

    private static readonly Dictionary<string, HashAlgorithmName> EcdsaAlgorithms = new()
    {
        ["1.2.840.10045.4.3.2"] = HashAlgorithmName.SHA256,
        ["1.2.840.10045.4.3.3"] = HashAlgorithmName.SHA384,
        ["1.2.840.10045.4.3.4"] = HashAlgorithmName.SHA512,
    };

    private static readonly Dictionary<string, HashAlgorithmName> Hashes = new()
    {
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    private readonly string _algorithm;
    private readonly HashAlgorithmName? _pssHash;
    private readonly byte[] _signature;

    private SignedDer(ReadOnlyMemory<byte> content, string algorithm, HashAlgorithmName? pssHash, byte[] signature)
    {
        Content = content;
        _algorithm = algorithm;
        _pssHash = pssHash;
        _signature = signature;
    }

    /// <summary>What was signed.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>SHA-1, MD5 and whatever we do not know.</summary>
    public bool IsWeak => _pssHash is null && !RsaAlgorithms.ContainsKey(_algorithm) && !EcdsaAlgorithms.ContainsKey(_algorithm);

    /// <summary>For sentences.</summary>
    public string AlgorithmName => new Oid(_algorithm).FriendlyName ?? _algorithm;

    /// <summary>Throws <see cref="AsnContentException"/> when it is none.</summary>
    public static SignedDer Read(ReadOnlyMemory<byte> der)
    {
        var whole = new AsnReader(der, AsnEncodingRules.DER);
        var parts = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var content = parts.ReadEncodedValue();
        var algorithm = parts.PeekEncodedValue();
        var details = parts.ReadSequence();
        var id = details.ReadObjectIdentifier();
        var signature = parts.ReadBitString(out var unusedBits);
        parts.ThrowIfNotEmpty();
        return unusedBits == 0 && algorithm.Span.SequenceEqual(SignedAlgorithm(content).Span)
            ? new SignedDer(content, id, id == Pss ? PssHash(details) : null, signature)
            : throw new AsnContentException("The signature's algorithm is not the one that was signed.");
    }

    /// <summary>False as well for a key of another kind than the signature's.</summary>
    public bool IsSignedBy(X509Certificate2 issuer)
    {
        try
        {
            return EcdsaAlgorithms.TryGetValue(_algorithm, out var ecdsaHash) ? IsSignedByEcdsa(issuer, ecdsaHash)
                : RsaAlgorithms.TryGetValue(_algorithm, out var rsaHash) ? IsSignedByRsa(issuer, rsaHash, RSASignaturePadding.Pkcs1)
                : _pssHash is { } pssHash && IsSignedByRsa(issuer, pssHash, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The algorithm stands within what is signed as well, and must be the same there: behind a version and a number, if there are any.</summary>
    private static ReadOnlyMemory<byte> SignedAlgorithm(ReadOnlyMemory<byte> content)
    {
        var fields = new AsnReader(content, AsnEncodingRules.DER).ReadSequence();
        while (fields.PeekTag() != Asn1Tag.Sequence)
        {
            fields.ReadEncodedValue();
        }

        return fields.ReadEncodedValue();
    }

    private bool IsSignedByRsa(X509Certificate2 issuer, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        using var key = issuer.GetRSAPublicKey();
        return key is not null && key.VerifyData(Content.Span, _signature, hash, padding);
    }

    private bool IsSignedByEcdsa(X509Certificate2 issuer, HashAlgorithmName hash)
    {
        using var key = issuer.GetECDsaPublicKey();
        return key is not null && key.VerifyData(Content.Span, _signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Null for SHA-1, which is what PSS means when it says nothing (RFC 4055, 3.1).</summary>
    private static HashAlgorithmName? PssHash(AsnReader algorithm)
    {
        var first = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (!algorithm.HasData)
        {
            return null;
        }

        var parameters = algorithm.ReadSequence();
        if (!parameters.HasData || !parameters.PeekTag().HasSameClassAndValue(first))
        {
            return null;
        }

        var id = parameters.ReadSequence(first).ReadSequence().ReadObjectIdentifier();
        return Hashes.TryGetValue(id, out var hash) ? hash : null;
    }
}
