using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>
/// Decides whether the certificate that a broker shows is the one that was meant: signed by the machine's list or the plant's own
/// authority, or known by its hash; of the right host; not outdated. Keeps in a sentence why not.
/// </summary>
internal sealed class BrokerTrust(BrokerOptions options, X509Certificate2Collection authorities, TimeProvider clock)
{
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
        Refusal = Outdated(certificate) ?? Foreign(certificate, sent, errors) ?? Misnamed(certificate, errors);
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

    private BrokerException? Misnamed(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if (!options.CheckHost || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0)
        {
            return null;
        }

        var host = new Uri(options.Url).Host;
        return Refused(
            $"Le certificat du broker (\"{certificate.Subject}\") n'est pas au nom de {host} ; écrivez dans \"url\" le nom qu'il porte, ou refaites-le avec {host} dans subjectAltName.",
            $"The broker's certificate (\"{certificate.Subject}\") does not name {host}; write the name that it bears into \"url\", or issue it anew with {host} in subjectAltName.");
    }

    /// <summary>A plant's own authority publishes no revocation list, and no look-up may leave the plant.</summary>
    private bool IsSignedByOurs(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate);
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static BrokerException Refused(string french, string english) => new(french, english) { IsRefusal = true };
}
