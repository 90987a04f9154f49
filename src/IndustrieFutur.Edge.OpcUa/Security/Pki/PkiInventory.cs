namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What lies in the store at one moment.</summary>
public sealed class PkiInventory
{
    private readonly List<StoredCertificate> _certificates = [];
    private readonly List<string> _complaints = [];

    public IReadOnlyList<StoredCertificate> Certificates => _certificates;

    /// <summary>A sentence for each file that could not be used.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    internal List<StoredList> Lists { get; } = [];

    /// <summary>The first of the revocation lists that lie there and could not be read: what they take back is not known. Null when all could.</summary>
    internal string? UnreadList { get; set; }

    internal List<CertificatePin> Pins { get; } = [];

    internal IEnumerable<StoredCertificate> In(CertificatePlace place) => _certificates.Where(certificate => certificate.Place == place);

    internal void Add(StoredCertificate certificate) => _certificates.Add(certificate);

    internal void Complain(string file, string what) => _complaints.Add($"{file} {what}; it is not used.");
}
