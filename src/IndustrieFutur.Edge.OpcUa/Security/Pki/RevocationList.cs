using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>A list of certificates that an authority takes back (RFC 5280, 5).</summary>
internal sealed class RevocationList
{
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private readonly SignedDer _signed;
    private readonly byte[] _issuer;
    private ReadOnlyMemory<byte> _entries;

    private RevocationList(SignedDer signed, byte[] issuer)
    {
        _signed = signed;
        _issuer = issuer;
    }

    public DateTime ThisUpdateUtc { get; private set; }

    /// <summary>When the authority promised the next one; null when it promised nothing.</summary>
    public DateTime? NextUpdateUtc { get; private set; }

    /// <summary>Only the changes since another list, or only some certificates: it must not be taken for the whole (RFC 5280, 5.2).</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Throws <see cref="AsnContentException"/> when it is none.</summary>
    public static RevocationList Read(ReadOnlyMemory<byte> der)
    {
        var signed = SignedDer.Read(der);
        var content = new AsnReader(signed.Content, AsnEncodingRules.DER).ReadSequence();
        if (content.PeekTag() == Asn1Tag.Integer)
        {
            content.ReadInteger();
        }

        content.ReadSequence();
        var list = new RevocationList(signed, content.ReadEncodedValue().ToArray());
        list.ReadRest(content);
        return list;
    }

    public bool IsOf(X509Certificate2 issuer) => issuer.SubjectName.RawData.AsSpan().SequenceEqual(_issuer);

    public bool IsSignedBy(X509Certificate2 issuer) => !_signed.IsWeak && _signed.IsSignedBy(issuer);

    public bool IsCurrent(DateTime utcNow) => ThisUpdateUtc <= utcNow && !(NextUpdateUtc < utcNow);

    public bool Revokes(X509Certificate2 certificate)
    {
        var serial = certificate.SerialNumberBytes.Span;
        if (_entries.IsEmpty)
        {
            return false;
        }

        var entries = new AsnReader(_entries, AsnEncodingRules.DER).ReadSequence();
        while (entries.HasData)
        {
            if (entries.ReadSequence().ReadIntegerBytes().Span.SequenceEqual(serial))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadRest(AsnReader content)
    {
        ThisUpdateUtc = ReadTime(content);
        NextUpdateUtc = content.HasData && IsTime(content.PeekTag()) ? ReadTime(content) : null;
        if (content.HasData && content.PeekTag() == Asn1Tag.Sequence)
        {
            _entries = content.PeekEncodedValue();
            ReadEntries(content.ReadSequence());
        }

        if (content.HasData)
        {
            IsPartial |= HasCritical(content.ReadSequence(ExtensionsTag).ReadSequence());
            content.ThrowIfNotEmpty();
        }
    }

    /// <summary>Once when it is read, so that a damaged one is not found out in the middle of a decision.</summary>
    private void ReadEntries(AsnReader entries)
    {
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            entry.ReadIntegerBytes();
            ReadTime(entry);
            if (entry.HasData)
            {
                IsPartial |= HasCritical(entry.ReadSequence());
            }
        }
    }

    /// <summary>All critical ones that exist narrow the list down: delta, distribution point, another issuer.</summary>
    private static bool HasCritical(AsnReader extensions)
    {
        var isCritical = false;
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            isCritical |= extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            extension.ReadOctetString();
        }

        return isCritical;
    }

    private static bool IsTime(Asn1Tag tag) => tag == Asn1Tag.UtcTime || tag == Asn1Tag.GeneralizedTime;

    private static DateTime ReadTime(AsnReader reader) =>
        (reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime()).UtcDateTime;
}
