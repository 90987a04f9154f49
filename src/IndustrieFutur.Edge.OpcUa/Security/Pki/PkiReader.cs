using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Reads the whole store. What is damaged or does not belong there is told and passed over: one bad file must not stop a cell.</summary>
internal sealed class PkiReader(PkiLayout layout)
{
    /// <summary>No certificate needs more; a CA's with all its policies takes 8 KiB.</summary>
    private const int CertificateBytesMax = 64 * 1024;

    /// <summary>About 400,000 revoked certificates.</summary>
    private const int ListBytesMax = 16 * 1024 * 1024;

    /// <summary>A site has some hundred devices; beyond it somebody filled the folder.</summary>
    private const int FilesMax = 1_000;

    private const string ListLabel = "X509 CRL";

    private readonly PkiInventory _inventory = new();

    public PkiInventory Read()
    {
        EachIn(layout.OwnCertificates, file => AddCertificate(file, CertificatePlace.Own));
        EachIn(layout.TrustedCertificates, file => AddCertificate(file, CertificatePlace.Trusted));
        EachIn(layout.IssuerCertificates, file => AddCertificate(file, CertificatePlace.Issuer));
        EachIn(layout.Seen, file => AddCertificate(file, CertificatePlace.Seen));
        EachIn(layout.Rejected, file => AddCertificate(file, CertificatePlace.Rejected));
        EachIn(layout.Pins, AddPin);
        ListsIn(layout.TrustedLists);
        ListsIn(layout.IssuerLists);
        return _inventory;
    }

    private void ListsIn(string folder)
    {
        var before = _inventory.Complaints.Count;
        EachIn(folder, AddList);
        if (_inventory.Complaints.Count > before)
        {
            _inventory.UnreadList ??= _inventory.Complaints[before];
        }
    }

    private void EachIn(string folder, Action<string> add)
    {
        var count = 0;
        foreach (var file in PkiFiles.In(folder))
        {
            if (++count > FilesMax)
            {
                _inventory.Complain(folder, $"holds more than {FilesMax} files, and the rest was not read; remove what is not needed");
                return;
            }

            TryAdd(file, add);
        }
    }

    private void TryAdd(string file, Action<string> add)
    {
        try
        {
            add(file);
        }
        catch (Exception cause) when (cause is FileNotFoundException)
        {
            // Moved away by "ifedge cert" in between.
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _inventory.Complain(file, $"cannot be read ({cause.Message})");
        }
        catch (Exception cause) when (cause is CryptographicException or AsnContentException)
        {
            _inventory.Complain(file, "is damaged, or no certificate or revocation list");
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            _inventory.Complain(file, "is damaged, or no pin");
        }
    }

    private void AddCertificate(string file, CertificatePlace place)
    {
        if (PkiFiles.Read(file, CertificateBytesMax, out var mistake) is not { } bytes)
        {
            _inventory.Complain(file, mistake);
            return;
        }

        if (BlocksIn(bytes, "CERTIFICATE") > 1)
        {
            _inventory.Complain(file, "holds more than one certificate; put each into a file of its own");
            return;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        _inventory.Add(StoredCertificate.Of(certificate, place, file));
    }

    private void AddPin(string file)
    {
        if (PkiFiles.Read(file, CertificateBytesMax, out var mistake) is not { } bytes)
        {
            _inventory.Complain(file, mistake);
            return;
        }

        var pin = CertificatePin.FromJson(bytes);
        using var certificate = X509CertificateLoader.LoadCertificate(pin.Der);
        _inventory.Pins.Add(pin);
        _inventory.Add(StoredCertificate.Of(certificate, CertificatePlace.Pinned, file) with { Device = pin.Device, Host = pin.Host });
    }

    private void AddList(string file)
    {
        if (PkiFiles.Read(file, ListBytesMax, out var mistake) is not { } bytes)
        {
            _inventory.Complain(file, mistake);
            return;
        }

        _inventory.Lists.Add(new StoredList(file, RevocationList.Read(IsPem(bytes) ? FromPem(bytes) : bytes)));
    }

    private static bool IsPem(ReadOnlySpan<byte> bytes) => bytes.IndexOf("-----BEGIN "u8) >= 0;

    private static byte[] FromPem(byte[] bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        var found = PemEncoding.TryFind(text, out var fields) && text[fields.Label] == ListLabel;
        return found ? Convert.FromBase64String(text[fields.Base64Data]) : throw new CryptographicException("There is no revocation list in it.");
    }

    private static int BlocksIn(ReadOnlySpan<byte> bytes, string label) => bytes.Count(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----"));
}
