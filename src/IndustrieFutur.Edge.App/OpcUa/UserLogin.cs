using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Who a person is to the server, with the secret fetched from where it was said to be.</summary>
internal static class UserLogin
{
    private const string PemBegins = "-----BEGIN";

    /// <summary>Throws <see cref="VerbFailedException"/> with a sentence when the password is not there.</summary>
    public static UserIdentity ByPassword(string user, SecretReference password, string baseDirectory)
    {
        var secret = Encoding.UTF8.GetBytes(Resolve(password, baseDirectory, $"the password of the user {user}"));
        return new UserIdentity.UserPassword(user, () => secret);
    }

    /// <summary>Throws <see cref="VerbFailedException"/> with a sentence when the file or its key cannot be read.</summary>
    public static UserIdentity ByCertificate(string file, SecretReference? password, string baseDirectory)
    {
        var path = Path.GetFullPath(file, baseDirectory);
        var secret = password is null ? null : Resolve(password, baseDirectory, $"the password of {file}");
        try
        {
            var certificate = Load(path, secret);
            return certificate.HasPrivateKey
                ? new UserIdentity.UserCertificate(certificate)
                : throw new VerbFailedException(ExitCode.Usage, $"{file} holds a certificate without its private key; give the file with both (PEM with the key, or PFX)");
        }
        catch (Exception cause) when (cause is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new VerbFailedException(
                ExitCode.Usage,
                $"the user's certificate {file} cannot be read: {cause.Message} It must be PEM or PFX with its private key; where that is encrypted, add --password-from");
        }
    }

    private static X509Certificate2 Load(string path, string? secret)
    {
        if (!File.ReadAllText(path, Encoding.Latin1).Contains(PemBegins, StringComparison.Ordinal))
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, secret);
        }

        return secret is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, secret);
    }

    private static string Resolve(SecretReference secret, string baseDirectory, string what) =>
        secret.Resolve(name => Read(Path.GetFullPath(name, baseDirectory)), out var error)
        ?? throw new VerbFailedException(ExitCode.Usage, $"{what} cannot be had: {error}");

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
