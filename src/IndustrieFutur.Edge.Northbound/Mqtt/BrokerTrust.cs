using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>
/// Decides whether the certificate that a broker shows is the one that was meant: signed by the machine's list or the plant's own
/// authority, or known by its hash; of the right host; not outdated. Keeps in a sentence why not.
/// </summary>
internal sealed class BrokerTrust(BrokerOptions options, string host, X509Certificate2Collection authorities, TimeProvider clock)
{
    /// <summary>Extended key usages (RFC 5280, 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private const string AnyPurpose = "2.5.29.37.0";

    private readonly CertificatePin[] _pins = [.. options.Pins.Select(text => CertificatePin.TryParse(text, out var pin) ? pin : default)];

    /// <summary>Why the last certificate was refused; null when it was not.</summary>
    public BrokerException? Refusal { get; private set; }

    /// <summary>Until when the last certificate is valid.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <summary>For the TLS handshake.</summary>
    public bool Accept(X509Certificate? shown, X509Chain? sent, SslPolicyErrors errors)
    {
        if (shown is null)
        {
            Refusal = Refused("Le broker ne montre aucun certificat.", "The broker shows no certificate.");
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        ValidUntil = new DateTimeOffset(certificate.NotAfter);
        Refusal = Outdated(certificate) ?? Foreign(certificate, sent, errors) ?? Misused(certificate) ?? Misnamed(certificate, errors);
        return Refusal is null;
    }

    private BrokerException? Outdated(X509Certificate2 certificate)
    {
        var now = clock.GetUtcNow();
        if (now > certificate.NotAfter)
        {
            return Refused(
                $"Le certificat du broker a expiré le {Day(certificate.NotAfter)} ; renouvelez-le sur le broker, ou corrigez l'heure de cette machine ({Day(now.UtcDateTime)}).",
                $"The broker's certificate expired on {Day(certificate.NotAfter)}; renew it on the broker, or correct this machine's clock ({Day(now.UtcDateTime)}).");
        }

        return now >= certificate.NotBefore
            ? null
            : Refused(
                $"Le certificat du broker n'est valable qu'à partir du {Day(certificate.NotBefore)} ; corrigez l'heure de cette machine ({Day(now.UtcDateTime)}).",
                $"The broker's certificate is valid from {Day(certificate.NotBefore)} only; correct this machine's clock ({Day(now.UtcDateTime)}).");
    }

    private BrokerException? Foreign(X509Certificate2 certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (_pins.Length > 0 && !_pins.Any(pin => pin.Fits(certificate)))
        {
            return Refused(
                $"Le certificat du broker n'est pas celui de \"pins\" ; si le broker en a changé, vérifiez sur place et écrivez sha256:{CertificatePin.Of(certificate).Hex}.",
                $"The broker's certificate is not the one under \"pins\"; if the broker got a new one, verify that on the spot and write sha256:{CertificatePin.Of(certificate).Hex}.");
        }

        if (options.CaFile is not null)
        {
            return IsSignedByOurs(certificate, sent) ? null : Refused(
                $"Le certificat du broker (\"{certificate.Subject}\", signé par \"{certificate.Issuer}\") n'est pas signé par l'autorité de {options.CaFile} ; vérifiez l'adresse du broker, ou mettez l'autorité qui l'a signé.",
                $"The broker's certificate (\"{certificate.Subject}\", signed by \"{certificate.Issuer}\") is not signed by the authority in {options.CaFile}; check the broker's address, or put the authority that signed it there.");
        }

        return _pins.Length > 0 || (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0 ? null : Refused(
            $"Aucune autorité connue de cette machine n'a signé le certificat du broker (\"{certificate.Subject}\", signé par \"{certificate.Issuer}\") ; indiquez \"caFile\", ou après vérification \"pins\": [\"sha256:{CertificatePin.Of(certificate).Hex}\"].",
            $"No authority that this machine knows signed the broker's certificate (\"{certificate.Subject}\", signed by \"{certificate.Issuer}\"); name \"caFile\", or once verified \"pins\": [\"sha256:{CertificatePin.Of(certificate).Hex}\"].");
    }

    /// <summary>Who has a certificate of the same authority for another purpose is no broker; one that is pinned is meant all the same.</summary>
    private BrokerException? Misused(X509Certificate2 certificate)
    {
        var purposes = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(purpose => purpose.Value).ToArray();
        return _pins.Length > 0 || purposes.Length == 0 || purposes.Contains(ServerAuthentication) || purposes.Contains(AnyPurpose) ? null : Refused(
            $"Le certificat du broker (\"{certificate.Subject}\") n'est pas fait pour un serveur (extendedKeyUsage) ; refaites-le avec serverAuth.",
            $"The broker's certificate (\"{certificate.Subject}\") is not made for a server (extendedKeyUsage); issue it anew with serverAuth.");
    }

    private BrokerException? Misnamed(X509Certificate2 certificate, SslPolicyErrors errors) =>
        !options.CheckHost || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 ? null : Refused(
            $"Le certificat du broker (\"{certificate.Subject}\") n'est pas au nom de {host} ; écrivez dans l'adresse le nom qu'il porte, ou refaites-le avec {host} dans subjectAltName.",
            $"The broker's certificate (\"{certificate.Subject}\") does not name {host}; write the name that it bears into the address, or issue it anew with {host} in subjectAltName.");

    /// <summary>A plant's own authority publishes no revocation list, and no look-up may leave the plant.</summary>
    private bool IsSignedByOurs(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (sent is not null)
        {
            // The intermediate authorities that the broker sent along.
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
            foreach (var element in sent.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(certificate);
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static BrokerException Refused(string french, string english) => new(french, english) { IsRefusal = true };
}
