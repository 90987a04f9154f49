using System.CommandLine;
using System.Text;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>A new password: asked twice on a terminal that does not show it, or by reference; never on the command line, where others read it.</summary>
internal static class NewPassword
{
    public static Option<string?> Option() => new("--password") { Description = "Where the password stands, env:NAME or file:PATH; without it, it is asked for on the terminal." };

    /// <summary>Its hash.</summary>
    public static string Hash(ParseResult parsed, Option<string?> option)
    {
        var password = parsed.GetValue(option) is { } reference ? Resolve(reference) : Ask(parsed.InvocationConfiguration.Error);
        return password.Length is >= PasswordHash.LengthMin and <= PasswordHash.LengthMax
            ? PasswordHash.Of(password)
            : throw new VerbFailedException(
                ExitCode.Refused, $"the password has {password.Length} letters, and it takes {PasswordHash.LengthMin} to {PasswordHash.LengthMax}; nothing was changed");
    }

    private static string Resolve(string reference)
    {
        var secret = SecretReference.Parse(reference, out var error) ?? throw new VerbFailedException(ExitCode.Usage, error);
        return secret.Resolve(path => File.Exists(path) ? File.ReadAllText(path) : null, out error)
            ?? throw new VerbFailedException(ExitCode.Refused, $"{error}; nothing was changed");
    }

    private static string Ask(TextWriter error)
    {
        if (Console.IsInputRedirected)
        {
            throw new VerbFailedException(ExitCode.Usage, "there is no terminal to ask for the password; name it with --password env:NAME or --password file:PATH");
        }

        var first = AskOnce("password: ", error);
        return AskOnce("once more: ", error) == first
            ? first
            : throw new VerbFailedException(ExitCode.Refused, "the two are not the same; nothing was changed, try again");
    }

    /// <summary>What is typed is not shown.</summary>
    internal static string AskOnce(string prompt, TextWriter error)
    {
        error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar) && typed.Length <= PasswordHash.LengthMax)
            {
                typed.Append(key.KeyChar);
            }
        }

        error.WriteLine();
        return typed.ToString();
    }
}
