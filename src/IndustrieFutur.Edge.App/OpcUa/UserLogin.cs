using System.Text;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Who a person is to the server, with the secret fetched from where it was said to be.</summary>
internal static class UserLogin
{
    /// <summary>Throws <see cref="VerbFailedException"/> with a sentence when the password is not there.</summary>
    public static UserIdentity ByPassword(string user, SecretReference password, string baseDirectory)
    {
        var secret = Encoding.UTF8.GetBytes(Resolve(password, baseDirectory, $"the password of the user {user}"));
        return new UserIdentity.UserPassword(user, () => [.. secret]);
    }

    /// <summary>Throws <see cref="VerbFailedException"/> with a sentence when the file or its key cannot be read.</summary>
    public static UserIdentity ByCertificate(string file, SecretReference? password, string baseDirectory)
    {
        var secret = password is null ? null : Resolve(password, baseDirectory, $"the password of {file}");
        try
        {
            return new UserIdentity.UserCertificate(UserCertificates.Load(Path.GetFullPath(file, baseDirectory), secret, TimeProvider.System));
        }
        catch (PkiException cause)
        {
            throw new VerbFailedException(ExitCode.Usage, cause.Message);
        }
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
