using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Everything that the checks of one certificate look at.</summary>
internal sealed class CertificateCase(CertificateChain chain, PkiInventory inventory, CertificateExpectations expected, DateTime utcNow)
{
    public CertificateChain Chain => chain;

    public PkiInventory Inventory => inventory;

    public CertificateExpectations Expected => expected;

    public DateTime UtcNow => utcNow;

    public X509Certificate2 Leaf => chain.Elements[0];

    public IEnumerable<X509Certificate2> Issuers => chain.Elements.Skip(1);

    public SubjectNames Names { get; } = SubjectNames.Of(chain.Elements[0]);

    /// <summary>
    /// Trusted for itself, by a person beside the device: then it needs neither an authority nor a revocation list. Where they are there,
    /// they count all the same.
    /// </summary>
    public bool IsPinned => expected.IsCommissioning
        || Pins.Any(pin => pin.Device is { } device && expected.Devices.Contains(device) && pin.ApplicationUri == Names.ApplicationUri);

    /// <summary>Only for the very host that was written down.</summary>
    public bool IsHostOverridden => expected.IsHostAccepted || Pins.Any(pin =>
        string.Equals(pin.Host, expected.Host, StringComparison.OrdinalIgnoreCase)
        && (pin.Device is null || expected.Devices.Contains(pin.Device)));

    public bool IsTrusted => IsPinned || chain.Elements.Any(element => inventory.In(CertificatePlace.Trusted).Any(trusted => trusted.Is(element)));

    /// <summary>What a person said no to, the leaf or an issuer; null when to nothing.</summary>
    public X509Certificate2? RejectedElement =>
        chain.Elements.FirstOrDefault(element => inventory.In(CertificatePlace.Rejected).Any(rejected => rejected.Is(element)));

    /// <summary>
    /// The certificate that a person trusts for this very server or application, when another is shown now: the device's own first, then
    /// the newest of the same application URI. Null when there is none. One that is pinned for another device says nothing: two robots of one
    /// make may have left the factory with one URI.
    /// </summary>
    public StoredCertificate? Before => expected.Role != CertificateRole.Server ? null
        : inventory.Certificates
            .Where(known => known.Place is CertificatePlace.Trusted or CertificatePlace.Pinned && !known.Is(Leaf))
            .Where(known => IsOfThisDevice(known) || (!IsOfAnother(known) && known.ApplicationUri is { Length: > 0 } uri && uri == Names.ApplicationUri))
            .OrderByDescending(IsOfThisDevice)
            .ThenByDescending(known => known.NotBeforeUtc)
            .FirstOrDefault();

    private bool IsOfAnother(StoredCertificate known) => known.Device is not null && expected.Devices.Count > 0 && !IsOfThisDevice(known);

    private bool IsOfThisDevice(StoredCertificate known) => known.Device is { } device && expected.Devices.Contains(device);

    private IEnumerable<CertificatePin> Pins => expected.Role == CertificateRole.Server
        ? inventory.Pins.Where(pin => pin.Der.AsSpan().SequenceEqual(Leaf.RawDataMemory.Span))
        : [];
}
