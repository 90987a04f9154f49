using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <content>Our own certificates.</content>
public sealed partial class PkiStore
{
    private const int KeyBytesMax = 64 * 1024;

    /// <summary>The newest that serves the request; made when there is none.</summary>
    public ApplicationCertificate LoadOrCreateOwn(OwnCertificateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FindOwn(request) ?? Changing(() => LoadOwn(request) ?? MakeOwn(request, replaced: null));
    }

    /// <summary>The newest that serves the request; null when there is none.</summary>
    public ApplicationCertificate? FindOwn(OwnCertificateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Check();
        return Guarded(() => LoadOwn(request));
    }

    /// <summary>
    /// A new key and a new certificate of the same name, used from the next connection on. Its predecessor stays beside it until the next
    /// renewal: removing the new one and its key goes back to it.
    /// </summary>
    public ApplicationCertificate Renew(OwnCertificateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Check();
        return Changing(() => MakeOwn(request, LoadOwn(request)));
    }

    /// <summary>The file of one of ours.</summary>
    public string FileOf(ApplicationCertificate own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return Path.Combine(_layout.OwnCertificates, PkiFiles.NameOf(own.Certificate) + ".der");
    }

    /// <summary>The file of the private key of one of ours.</summary>
    public string KeyFileOf(StoredCertificate own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return _layout.KeyOf(own.File);
    }

    /// <summary>A certificate without its key, to be carried to a server: DER, or PEM for those that want text.</summary>
    public static byte[] Export(StoredCertificate certificate, bool pem)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return pem ? Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", certificate.Der) + "\n") : certificate.Der;
    }

    /// <summary>Why those of ours that cannot be used cannot be; sentences.</summary>
    public IReadOnlyList<string> OwnComplaints() => Guarded(() =>
    {
        var complaints = new List<string>();
        foreach (var stored in List().Where(stored => stored.Place == CertificatePlace.Own))
        {
            LoadWithKey(stored, complaints)?.Dispose();
        }

        return complaints;
    });

    private ApplicationCertificate? LoadOwn(OwnCertificateRequest request)
    {
        var fitting = new PkiReader(_layout).Read().In(CertificatePlace.Own)
            .Where(stored => stored.ApplicationUri is { } uri && request.IsServedBy(uri))
            .OrderByDescending(stored => request.IsNamedBy(stored.ApplicationUri!))
            .ThenByDescending(stored => stored.NotBeforeUtc);
        foreach (var stored in fitting)
        {
            if (LoadWithKey(stored, []) is { } certificate)
            {
                return new ApplicationCertificate(certificate, stored.ApplicationUri!) { Folder = Folder };
            }
        }

        return null;
    }

    private X509Certificate2? LoadWithKey(StoredCertificate stored, List<string> complaints)
    {
        var file = _layout.KeyOf(stored.File);
        try
        {
            if (!File.Exists(file) || PkiFiles.Read(file, KeyBytesMax, out _) is not { } pem)
            {
                complaints.Add($"The key {file} of our certificate {stored.Thumbprint} is not there, so that certificate is not used. Put the key back, or make a new pair: ifedge cert renew --uri {PlainText.Of(stored.ApplicationUri)} {_layout.DataOption}");
                return null;
            }

            if (PkiFiles.IsOpenToOthers(file))
            {
                complaints.Add($"The key {file} can be read by other users of this machine, who may then pass for us. Take the right away (chmod 600), and renew it if they are not all trusted.");
            }

            using var key = RSA.Create();
            key.ImportFromPem(Encoding.UTF8.GetString(pem));
            using var bare = X509CertificateLoader.LoadCertificate(stored.Der);
            return bare.CopyWithPrivateKey(key);
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            complaints.Add($"The key {file} does not belong to our certificate {stored.Thumbprint} or is damaged, so that certificate is not used. Make a new pair: ifedge cert renew --uri {PlainText.Of(stored.ApplicationUri)} {_layout.DataOption}");
            return null;
        }
    }

    /// <summary>The key before the certificate: a certificate without a key would be complained of, a key without one is only left over.</summary>
    private ApplicationCertificate MakeOwn(OwnCertificateRequest request, ApplicationCertificate? replaced)
    {
        request.Check();
        using var key = RSA.Create(request.KeyBits ?? KeyBitsOf(replaced));
        var uri = replaced?.ApplicationUri ?? request.NewUri;
        using var made = OwnCertificateMaker.Make(key, uri, request.NewHosts, NotBefore(replaced));
        var file = Path.Combine(_layout.OwnCertificates, PkiFiles.NameOf(made) + ".der");
        PkiFiles.Write(_layout.KeyOf(file), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        PkiFiles.Write(file, made.RawDataMemory.Span);
        if (replaced is not null)
        {
            DropOlderThan(replaced, uri);
        }

        using var bare = X509CertificateLoader.LoadCertificate(made.RawData);
        return new ApplicationCertificate(bare.CopyWithPrivateKey(key), uri) { Folder = Folder };
    }

    private static int KeyBitsOf(ApplicationCertificate? certificate)
    {
        using var key = certificate?.Certificate.GetRSAPublicKey();
        return key?.KeySize ?? OwnCertificateRequest.KeyBitsDefault;
    }

    /// <summary>The newest counts, and certificates know whole seconds: later than its predecessor in any case.</summary>
    private DateTimeOffset NotBefore(ApplicationCertificate? replaced)
    {
        var notBefore = _clock.GetUtcNow() - OwnCertificateMaker.Backdate;
        var latest = replaced is null ? notBefore : new DateTimeOffset(replaced.Certificate.NotBefore.ToUniversalTime()).AddSeconds(1);
        return latest > notBefore ? latest : notBefore;
    }

    private void DropOlderThan(ApplicationCertificate kept, string uri)
    {
        var notBeforeUtc = kept.Certificate.NotBefore.ToUniversalTime();
        foreach (var old in new PkiReader(_layout).Read().In(CertificatePlace.Own).Where(own => own.ApplicationUri == uri && own.NotBeforeUtc < notBeforeUtc))
        {
            File.Delete(old.File);
            File.Delete(_layout.KeyOf(old.File));
        }
    }
}
