using System.Formats.Asn1;
using System.Security.Cryptography;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Says whether a peer's certificate is accepted: the one door for servers, clients and commissioning alike.</summary>
public sealed class CertificateValidator(PkiStore store, TimeProvider clock)
{
    /// <summary>The first objection, or none. Reads the store anew, so that what "ifedge cert" changed counts at once; throws <see cref="PkiException"/> when it cannot.</summary>
    public CertificateVerdict Check(ReadOnlyMemory<byte> derChain, CertificateExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        expected.Check();
        var utcNow = clock.GetUtcNow().UtcDateTime;
        var words = new CertificateWords(expected, store.Folder, utcNow);
        using var sent = SentChain.Read(derChain, out var mistake);
        if (sent is null)
        {
            return words.NoCertificate(mistake!);
        }

        try
        {
            return Check(sent, expected, words, utcNow);
        }
        catch (Exception cause) when (cause is AsnContentException or CryptographicException)
        {
            return words.NoCertificate("a certificate that cannot be read to its end") with { Thumbprint = sent.Leaf.Thumbprint };
        }
    }

    internal CertificateVerdict WindowClosed(ReadOnlyMemory<byte> derChain, CertificateExpectations expected)
    {
        var words = new CertificateWords(expected, store.Folder, clock.GetUtcNow().UtcDateTime);
        using var sent = SentChain.Read(derChain, out var mistake);
        return sent is null ? words.NoCertificate(mistake!) : words.Refusal(new(CertificateProblem.WindowClosed, sent.Leaf), sent.Leaf, notKept: null);
    }

    private CertificateVerdict Check(SentChain sent, CertificateExpectations expected, CertificateWords words, DateTime utcNow)
    {
        var inventory = store.Read();
        using var chain = CertificateChain.Build(sent, inventory, utcNow);
        var finding = CertificateChecks.Run(new CertificateCase(chain, inventory, expected, utcNow));
        if (finding is null)
        {
            return CertificateWords.Accepted(sent.Leaf);
        }

        return words.Refusal(finding, chain.Elements[0], Keep(finding, sent, inventory, expected));
    }

    /// <summary>Null when it was not to be kept, else why it could not be; empty when it was.</summary>
    private string? Keep(CertificateFinding finding, SentChain sent, PkiInventory inventory, CertificateExpectations expected)
    {
        // What a person can accept by its thumbprint must lie where the verb looks for it.
        var isForAPerson = finding.Problem is CertificateProblem.Untrusted or CertificateProblem.Changed or CertificateProblem.WrongHost;
        if (!isForAPerson || !expected.KeepSeen || inventory.Certificates.Any(known => known.Place != CertificatePlace.Seen && known.Is(sent.Leaf)))
        {
            return null;
        }

        store.TryKeepSeen(sent.Leaf, out var complaint);
        return complaint;
    }
}
