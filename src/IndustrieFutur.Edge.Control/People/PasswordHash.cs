using System.Globalization;
using System.Security.Cryptography;

namespace IndustrieFutur.Edge.Control.People;

/// <summary>Passwords as they are kept: "pbkdf2-sha256$iterations$salt$hash", salt and hash in Base64.</summary>
public static class PasswordHash
{
    /// <summary>Fewer is no password for what moves a machine.</summary>
    public const int LengthMin = 8;

    /// <summary>More is nobody's password, and costs whoever has to read it.</summary>
    public const int LengthMax = 256;

    /// <summary>What OWASP asks of PBKDF2 with SHA-256; a good tenth of a second on a small box.</summary>
    private const int Iterations = 600_000;

    /// <summary>A file that somebody wrote by hand must not hold up the log-ins of all.</summary>
    private const int IterationsMax = 10_000_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const string Scheme = "pbkdf2-sha256";

    /// <summary>Nobody's: whoever has no password is compared with this, and it takes as long.</summary>
    internal static string Nobody { get; } =
        $"{Scheme}${Iterations}${Convert.ToBase64String(new byte[SaltBytes])}${Convert.ToBase64String(new byte[HashBytes])}";

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    internal static bool IsOne(string text) => Parse(text) is not null;

    internal static bool Matches(string text, string password)
    {
        if (Parse(text) is not var (iterations, salt, hash) || password.Length > LengthMax)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes), hash);
    }

    private static (int Iterations, byte[] Salt, byte[] Hash)? Parse(string text)
    {
        if (text.Split('$') is not [Scheme, var count, var salt, var hash]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > IterationsMax
            || Bytes(salt, SaltBytes) is not { } saltBytes
            || Bytes(hash, HashBytes) is not { } hashBytes)
        {
            return null;
        }

        return (iterations, saltBytes, hashBytes);
    }

    private static byte[]? Bytes(string base64, int length)
    {
        var bytes = new byte[length];
        return Convert.TryFromBase64String(base64, bytes, out var written) && written == length ? bytes : null;
    }
}
