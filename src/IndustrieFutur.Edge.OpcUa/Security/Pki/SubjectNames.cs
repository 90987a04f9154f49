using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>The other names in a certificate: the application's URI, and the hosts where it may be met (OPC UA Part 6, 6.2.2).</summary>
internal sealed class SubjectNames
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int DnsTag = 2;
    private const int UriTag = 6;
    private const int AddressTag = 7;

    private readonly List<string> _dnsNames = [];
    private readonly List<IPAddress> _addresses = [];

    /// <summary>The first, which is the one that counts; null when there is none.</summary>
    public string? ApplicationUri { get; private set; }

    /// <summary>For sentences.</summary>
    public string Hosts => PlainText.Of(string.Join(", ", _dnsNames.Concat(_addresses.Select(address => address.ToString()))));

    /// <summary>Throws <see cref="AsnContentException"/> when the extension is broken.</summary>
    public static SubjectNames Of(X509Certificate2 certificate)
    {
        var names = new SubjectNames();
        var extension = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == SubjectAlternativeName);
        if (extension is not null)
        {
            names.Read(new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence());
        }

        return names;
    }

    /// <summary>The name in full, its first label where one of both is short, or the address. Our own host has more than one name.</summary>
    public bool Include(string host) => NamesOf(host).Any(IncludesOne);

    private static IEnumerable<string> NamesOf(string host)
    {
        var isOwn = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        return isOwn ? [host, "localhost", OwnCertificateRequest.HostName] : [host];
    }

    private bool IncludesOne(string host) => IPAddress.TryParse(host, out var address)
        ? _addresses.Contains(Plain(address)) || _dnsNames.Contains(host, StringComparer.OrdinalIgnoreCase)
        : _dnsNames.Exists(name => IsSame(name.TrimEnd('.'), host.TrimEnd('.')));

    private static bool IsSame(string name, string host) =>
        string.Equals(name, host, StringComparison.OrdinalIgnoreCase) || IsShortOf(name, host) || IsShortOf(host, name);

    private static bool IsShortOf(string brief, string full) =>
        brief.Length > 0 && !brief.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(full, out _)
        && full.Length > brief.Length && full[brief.Length] == '.' && full.StartsWith(brief, StringComparison.OrdinalIgnoreCase);

    private static IPAddress Plain(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return new IPAddress(plain.GetAddressBytes());
    }

    private void Read(AsnReader names)
    {
        while (names.HasData)
        {
            var tag = names.PeekTag();
            switch (tag.TagClass == TagClass.ContextSpecific ? tag.TagValue : -1)
            {
                case UriTag:
                    var uri = names.ReadCharacterString(UniversalTagNumber.IA5String, tag);
                    ApplicationUri ??= uri;
                    break;
                case DnsTag:
                    _dnsNames.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case AddressTag:
                    AddAddress(names.ReadOctetString(tag));
                    break;
                default:
                    names.ReadEncodedValue();
                    break;
            }
        }
    }

    private void AddAddress(byte[] bytes)
    {
        if (bytes.Length is 4 or 16)
        {
            _addresses.Add(Plain(new IPAddress(bytes)));
        }
    }
}
