using System.Security.Cryptography;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>
/// The demonstration's one user, an operator: his password is made by chance at the first start and kept beside the users, for this user of the
/// machine alone. There is none that everybody knows.
/// </summary>
internal static class DemoUser
{
    public const string Name = "demo";

    private const string PasswordFile = "demo-password";

    /// <summary>64 bits: nobody guesses that at some tries a minute.</summary>
    private const int PasswordDigits = 16;

    /// <summary>The file that has the password; the user is made when it is not there yet.</summary>
    /// <param name="users">The file of users, absolute.</param>
    public static string Establish(string users)
    {
        var file = Path.Combine(Path.GetDirectoryName(users)!, PasswordFile);
        try
        {
            var known = new Dictionary<string, UserEntry>(UserFile.Read(users));
            if (known.ContainsKey(Name) && File.Exists(file))
            {
                return file;
            }

            var password = RandomNumberGenerator.GetHexString(PasswordDigits, lowercase: true);
            Keep(file, password);

            known[Name] = new UserEntry(Role.Operator, PasswordHash.Of(password));
            UserFile.Write(users, known);
            return file;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, $"the demonstration's user cannot be made: {cause.Message}");
        }
    }

    private static void Keep(string file, string password)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(file);
        using var stream = new FileStream(file, options);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(password + "\n"));
    }
}
