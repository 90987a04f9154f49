using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>Every way in which a server's certificate can be bad, each right in all but one thing.</summary>
internal static class BadCertificates
{
    /// <summary>Nobody is warned of an extension that he does not know, unless it is marked as critical.</summary>
    private const string UnknownExtension = "1.2.3.4.5";

    public static IReadOnlyDictionary<string, BadCertificate> All { get; } = new Dictionary<string, BadCertificate>
    {
        ["no certificate"] = new(CertificateProblem.NotACertificate, StatusCodes.BadCertificateInvalid, "shows something that is no certificate", _ => [0x30, 3, 2, 1, 1]),
        ["nothing"] = new(CertificateProblem.NotACertificate, StatusCodes.BadCertificateInvalid, "shows nothing at all", _ => []),
        ["cut off"] = new(CertificateProblem.NotACertificate, StatusCodes.BadCertificateInvalid, "no certificate", bed => Trusted(bed, Draft.Server)[..^1]),
        ["too many certificates"] = new(CertificateProblem.NotACertificate, StatusCodes.BadCertificateInvalid, "more than 8 certificates", bed => PkiBed.Chain([.. Enumerable.Repeat(bed.Root, 9)])),
        ["endless"] = new(CertificateProblem.NotACertificate, StatusCodes.BadCertificateInvalid, "more than 65536 bytes", _ => new byte[65_537]),
        ["chain incomplete"] = new(CertificateProblem.ChainIncomplete, StatusCodes.BadCertificateChainIncomplete, "cannot be followed to its root", bed => Draft.Server.IssuedBy(bed.Root).RawData),
        ["chain incomplete, leaf trusted"] = new(CertificateProblem.ChainIncomplete, StatusCodes.BadCertificateChainIncomplete, "CN=Plant Root was neither sent", bed =>
        {
            var leaf = Draft.Server.IssuedBy(bed.Root);
            bed.Trust(leaf);
            return leaf.RawData;
        }),
        ["SHA-1 signature"] = new(CertificateProblem.WeakSignature, StatusCodes.BadCertificatePolicyCheckFailed, "is signed with sha1RSA, which can be forged", bed => Trusted(bed, Draft.Server with { Hash = HashAlgorithmName.SHA1 })),
        ["SHA-1 signature of PSS"] = new(CertificateProblem.WeakSignature, StatusCodes.BadCertificatePolicyCheckFailed, "can be forged", bed =>
            Trusted(bed, Draft.Server with { Hash = HashAlgorithmName.SHA1, Padding = RSASignaturePadding.Pss })),
        ["SHA-1 signature of the issuer"] = new(CertificateProblem.WeakSignature, StatusCodes.BadCertificatePolicyCheckFailed, "which issued that of", bed =>
            IssuedBy(bed, Draft.Root with { Hash = HashAlgorithmName.SHA1 })),
        ["short key"] = new(CertificateProblem.KeyTooShort, StatusCodes.BadCertificatePolicyCheckFailed, "key that is too short: 1024 bits, and at least 2048", bed => Trusted(bed, Draft.Server with { Key = PkiKeys.Short })),
        ["short key of the issuer"] = new(CertificateProblem.KeyTooShort, StatusCodes.BadCertificatePolicyCheckFailed, "1024 bits", bed => IssuedBy(bed, Draft.Root with { Key = PkiKeys.Short })),
        ["long key"] = new(CertificateProblem.KeyTooLong, StatusCodes.BadCertificatePolicyCheckFailed, "key that is too long: 4104 bits, and at most 4096", LongKey),
        ["no RSA key"] = new(CertificateProblem.KeyNotRsa, StatusCodes.BadCertificatePolicyCheckFailed, "has no RSA key", EllipticCurve),
        ["forged"] = new(CertificateProblem.BrokenSignature, StatusCodes.BadCertificateInvalid, "damaged or forged", bed =>
        {
            bed.TrustRoot();
            return Draft.Server.SignedWith(PkiKeys.Forger, bed.Root).RawData;
        }),
        ["self-signature damaged"] = new(CertificateProblem.BrokenSignature, StatusCodes.BadCertificateInvalid, "damaged or forged", bed =>
        {
            var der = Draft.Server.SelfSigned().RawData;
            der[^1] ^= 1;
            bed.Put("trusted/certs", "damaged.der", der);
            return der;
        }),
        ["unknown critical extension"] = new(CertificateProblem.BrokenExtension, StatusCodes.BadCertificateInvalid, "an extension that forbids", Critical),
        ["changed"] = new(CertificateProblem.Changed, StatusCodes.BadCertificateUntrusted, "A renewed certificate looks like this, and so does a man in the middle", bed =>
        {
            Trusted(bed, Draft.Server with { Key = PkiKeys.Forger });
            return Draft.Server.SelfSigned().RawData;
        }),
        ["changed, of a sent authority"] = new(CertificateProblem.Changed, StatusCodes.BadCertificateUntrusted, "has CHANGED", bed =>
        {
            Trusted(bed, Draft.Server);
            return PkiBed.Chain(Draft.Server.IssuedBy(bed.Root), bed.Root);
        }),
        ["rejected by a person"] = new(CertificateProblem.Rejected, StatusCodes.BadCertificateUntrusted, "was rejected here by a person", bed =>
        {
            var server = Trusted(bed, Draft.Server);
            bed.Put("denied", "no.der", server);
            return server;
        }),
        ["of an authority that was rejected by a person"] = new(CertificateProblem.Rejected, StatusCodes.BadCertificateUntrusted, "which issued that of", bed =>
        {
            using var server = Draft.Server.IssuedBy(bed.Root);
            bed.Trust(server);
            bed.Put("denied", bed.Root);
            return PkiBed.Chain(server, bed.Root);
        }),
        ["untrusted, self-signed"] = new(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "not trusted by anybody here", _ => Draft.Server.SelfSigned().RawData),
        ["untrusted, of a sent authority"] = new(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "not trusted", bed => PkiBed.Chain(Draft.Server.IssuedBy(bed.Root), bed.Root)),
        ["untrusted, the authority among the issuers only"] = new(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "not trusted", bed =>
        {
            bed.Put("issuers/certs", bed.Root);
            bed.Put("issuers/crl", "root.crl", PkiBed.ListOf(bed.Root));
            return Draft.Server.IssuedBy(bed.Root).RawData;
        }),
        ["untrusted, an authority of the same name"] = new(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "not trusted", bed =>
        {
            bed.TrustRoot();
            var forged = (Draft.Root with { Key = PkiKeys.Forger }).SelfSigned();
            return PkiBed.Chain(WithIssuerKeyId(forged), forged);
        }),
        ["expired"] = new(CertificateProblem.Expired, StatusCodes.BadCertificateTimeInvalid, "has expired: it was valid until 2026-06-14 12:00 UTC, and now it is 2026-06-15 12:00 UTC", bed =>
            Trusted(bed, Draft.Server with { Until = Draft.Now.AddDays(-1) })),
        ["not yet valid"] = new(CertificateProblem.NotYetValid, StatusCodes.BadCertificateTimeInvalid, "is not valid yet: only from 2026-06-15 12:01 UTC", bed =>
            Trusted(bed, Draft.Server with { From = Draft.Now.AddMinutes(1) })),
        ["issuer expired"] = new(CertificateProblem.IssuerExpired, StatusCodes.BadCertificateIssuerTimeInvalid, "has expired", bed => IssuedBy(bed, Draft.Root with { Until = Draft.Now.AddDays(-1) })),
        ["issuer not yet valid"] = new(CertificateProblem.IssuerNotYetValid, StatusCodes.BadCertificateIssuerTimeInvalid, "not valid yet", bed => IssuedBy(bed, Draft.Root with { From = Draft.Now.AddDays(1) })),
        ["wrong host"] = new(CertificateProblem.WrongHost, StatusCodes.BadCertificateHostNameInvalid, "does not name the host plc.local that it was met at, but other.local", bed =>
            Trusted(bed, Draft.Server with { Hosts = ["other.local"] })),
        ["no host"] = new(CertificateProblem.WrongHost, StatusCodes.BadCertificateHostNameInvalid, "but none", bed => Trusted(bed, Draft.Server with { Hosts = [] })),
        ["wrong address"] = new(CertificateProblem.WrongHost, StatusCodes.BadCertificateHostNameInvalid, "192.168.0.11", bed =>
            Trusted(bed, Draft.Server with { Hosts = ["192.168.0.11"] }))
        { Expected = PkiBed.Expected with { Host = "192.168.0.10" } },
        ["wrong URI"] = new(CertificateProblem.WrongUri, StatusCodes.BadCertificateUriInvalid, "belongs to the application \"urn:other:server\", but the peer calls itself \"urn:plc:server\"", bed =>
            Trusted(bed, Draft.Server with { ApplicationUri = "urn:other:server" })),
        ["no URI"] = new(CertificateProblem.WrongUri, StatusCodes.BadCertificateUriInvalid, "application \"\"", bed => Trusted(bed, Draft.Server with { ApplicationUri = null })),
        ["a server without a URI"] = new(CertificateProblem.WrongUri, StatusCodes.BadCertificateUriInvalid, "calls itself \"\"", bed => Trusted(bed, Draft.Server)) { Expected = PkiBed.Expected with { ApplicationUri = null } },
        ["wrong key usage"] = new(CertificateProblem.WrongKeyUsage, StatusCodes.BadCertificateUseNotAllowed, "may not be used for this: its key usage is DigitalSignature", bed =>
            Trusted(bed, Draft.Server with { Uses = X509KeyUsageFlags.DigitalSignature })),
        ["no key usage"] = new(CertificateProblem.WrongKeyUsage, StatusCodes.BadCertificateUseNotAllowed, "its key usage is None", bed => Trusted(bed, Draft.Server with { Uses = null })),
        ["for clients only"] = new(CertificateProblem.WrongKeyUsage, StatusCodes.BadCertificateUseNotAllowed, "not meant for servers", bed => Trusted(bed, Draft.Server with { Purposes = ["1.3.6.1.5.5.7.3.2"] })),
        ["issuer that is no authority"] = new(CertificateProblem.WrongIssuerKeyUsage, StatusCodes.BadCertificateIssuerUseNotAllowed, "is no authority", bed => IssuedBy(bed, Draft.Root with { IsAuthority = false })),
        ["issuer that may not sign"] = new(CertificateProblem.WrongIssuerKeyUsage, StatusCodes.BadCertificateIssuerUseNotAllowed, "is no authority", bed =>
            IssuedBy(bed, Draft.Root with { Uses = X509KeyUsageFlags.CrlSign })),
        ["revoked"] = new(CertificateProblem.Revoked, StatusCodes.BadCertificateRevoked, "was taken back by its issuer CN=Plant Root", bed =>
        {
            var leaf = Draft.Server.IssuedBy(bed.Root);
            bed.TrustRoot(revoked: leaf);
            return leaf.RawData;
        }),
        ["revoked by an old list"] = new(CertificateProblem.Revoked, StatusCodes.BadCertificateRevoked, "was taken back", bed =>
        {
            var leaf = Draft.Server.IssuedBy(bed.Root);
            bed.TrustRoot();
            bed.Put("issuers/crl", "old.crl", PkiBed.ListOf(bed.Root, Draft.Now.AddDays(-60), Draft.Now.AddDays(-30), leaf));
            return leaf.RawData;
        }),
        ["issuer revoked"] = new(CertificateProblem.IssuerRevoked, StatusCodes.BadCertificateIssuerRevoked, "was itself taken back", bed =>
        {
            var intermediate = Draft.Intermediate.IssuedBy(bed.Root);
            bed.TrustRoot(revoked: intermediate);
            bed.Put("issuers/crl", "line.crl", PkiBed.ListOf(intermediate));
            return PkiBed.Chain(Draft.Server.IssuedBy(intermediate), intermediate);
        }),
        ["issuer without its issuer's list"] = new(CertificateProblem.IssuerRevocationUnknown, StatusCodes.BadCertificateIssuerRevocationUnknown, "no revocation list counts", bed =>
        {
            var intermediate = Draft.Intermediate.IssuedBy(bed.Root);
            bed.Trust(bed.Root);
            bed.Put("issuers/crl", "line.crl", PkiBed.ListOf(intermediate));
            return PkiBed.Chain(Draft.Server.IssuedBy(intermediate), intermediate);
        }),
        ["authority without a list"] = new(CertificateProblem.CrlMissing, StatusCodes.BadCertificateRevocationUnknown, "there is no revocation list of its issuer CN=Plant Root", bed =>
        {
            bed.Trust(bed.Root);
            return Draft.Server.IssuedBy(bed.Root).RawData;
        }),
        ["list out of date"] = new(CertificateProblem.CrlOutOfDate, StatusCodes.BadCertificateRevocationUnknown, "is not of this time", bed =>
            WithList(bed, PkiBed.ListOf(bed.Root, Draft.Now.AddDays(-60), Draft.Now.AddDays(-1)))),
        ["list of the future"] = new(CertificateProblem.CrlOutOfDate, StatusCodes.BadCertificateRevocationUnknown, "is not of this time", bed =>
            WithList(bed, PkiBed.ListOf(bed.Root, Draft.Now.AddDays(1), Draft.Now.AddDays(7)))),
        ["list with a broken signature"] = new(CertificateProblem.CrlBroken, StatusCodes.BadCertificateRevocationUnknown, "was not signed by it", bed =>
        {
            var list = PkiBed.ListOf(bed.Root);
            list[^1] ^= 1;
            return WithList(bed, list);
        }),
        ["list of a forger"] = new(CertificateProblem.CrlBroken, StatusCodes.BadCertificateRevocationUnknown, "was not signed by it", bed =>
            WithList(bed, PkiBed.ListOf((Draft.Root with { Key = PkiKeys.Forger }).SelfSigned()))),
        ["list that may not be signed"] = new(CertificateProblem.CrlBroken, StatusCodes.BadCertificateRevocationUnknown, "was not signed by it", bed =>
        {
            var root = (Draft.Root with { Uses = X509KeyUsageFlags.KeyCertSign }).SelfSigned();
            bed.Trust(root);
            bed.Put("trusted/crl", "root.crl", PkiBed.ListOf(bed.Root));
            return Draft.Server.IssuedBy(root).RawData;
        }),
    };

    private static byte[] Trusted(PkiBed bed, Draft draft)
    {
        var certificate = draft.SelfSigned();
        bed.Trust(certificate);
        return certificate.RawData;
    }

    private static byte[] IssuedBy(PkiBed bed, Draft authority)
    {
        var root = authority.SelfSigned();
        bed.Trust(root);
        return Draft.Server.IssuedBy(root).RawData;
    }

    private static byte[] WithList(PkiBed bed, byte[] list)
    {
        bed.Trust(bed.Root);
        bed.Put("trusted/crl", "root.crl", list);
        return Draft.Server.IssuedBy(bed.Root).RawData;
    }

    /// <summary>Nobody has this key; a true one of that length would take half a minute to make, and it is not asked for.</summary>
    private static byte[] LongKey(PkiBed bed)
    {
        var modulus = RandomNumberGenerator.GetBytes(4104 / 8);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        using var key = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        var name = new X500DistinguishedName("CN=PLC 7");
        var request = new CertificateRequest(name, new PublicKey(key), HashAlgorithmName.SHA256);
        var signer = X509SignatureGenerator.CreateForRSA(PkiKeys.Forger, RSASignaturePadding.Pkcs1);
        var certificate = request.Create(name, signer, Draft.Now.AddDays(-1), Draft.Now.AddDays(1), [1]);
        bed.Trust(certificate);
        return certificate.RawData;
    }

    private static byte[] EllipticCurve(PkiBed bed)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PLC 7", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(Draft.Now.AddDays(-1), Draft.Now.AddDays(1));
        bed.Trust(certificate);
        return certificate.RawData;
    }

    private static byte[] Critical(PkiBed bed)
    {
        var request = new CertificateRequest("CN=PLC 7", PkiKeys.Server, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509Extension(UnknownExtension, [5, 0], critical: true));
        var certificate = request.CreateSelfSigned(Draft.Now.AddDays(-1), Draft.Now.AddDays(1));
        bed.Trust(certificate);
        return certificate.RawData;
    }

    private static X509Certificate2 WithIssuerKeyId(X509Certificate2 issuer)
    {
        var request = new CertificateRequest("CN=PLC 7", PkiKeys.Server, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(issuer, Draft.Now.AddDays(-1), Draft.Now.AddDays(1), [1, 2, 3]);
    }
}
