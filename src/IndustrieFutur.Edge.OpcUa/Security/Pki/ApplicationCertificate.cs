using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Our own certificate with its key.</summary>
public sealed class ApplicationCertificate(X509Certificate2 certificate, string applicationUri) : IDisposable
{
    /// <summary>Every server's owner has to trust the next one by hand: time enough for a planned stop to come by.</summary>
    public static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(60);

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>What peers are shown.</summary>
    public byte[] Der { get; } = certificate.RawData;

    public string ApplicationUri { get; } = applicationUri;

    /// <summary>The store that it lies in; null when in none.</summary>
    public string? Folder { get; init; }

    /// <summary>What writes it to a file, to be carried to a server, from whichever folder it is called.</summary>
    public string ExportCommand => $"ifedge cert export {Thumbprint} --out ours.der{Data}";

    private string Data => Folder is { } folder ? " " + PkiLayout.DataOptionOf(folder) : "";

    public string Thumbprint => Certificate.Thumbprint;

    /// <summary>A sentence when it has expired or soon will; null while there is time.</summary>
    public string? ExpiryWarning(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var left = Certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime;
        if (left >= ExpiresSoon)
        {
            return null;
        }

        var when = left < TimeSpan.Zero ? "has expired" : string.Create(CultureInfo.InvariantCulture, $"expires in {left.Days} days");
        return $"Our certificate ({PlainText.Of(Certificate.Subject)}, thumbprint {Thumbprint}) {when}; servers refuse it from then on. "
            + $"Make the next one and have it trusted on every server: ifedge cert renew --uri {PlainText.Of(ApplicationUri)}{Data}";
    }

    public void Dispose() => Certificate.Dispose();
}
