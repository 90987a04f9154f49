using System.CommandLine;
using System.CommandLine.Parsing;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Who gives a command: the options that say so, and the password, which is never written on a command line.</summary>
internal sealed class CommandLogin
{
    private readonly Option<string> _user = new("--user", "-u") { Description = "Your name, as under ifedge user list.", Required = true };

    private readonly Option<SecretReference?> _password = new("--password")
    {
        Description = "Where your password is, env:NAME or file:path; without it you are asked.",
        CustomParser = Parse,
    };

    public void AddTo(Command command)
    {
        command.Add(_user);
        command.Add(_password);
    }

    public async Task<CommandClient> OpenAsync(ParseResult parsed, EdgeConfiguration configuration, CancellationToken cancellationToken)
    {
        var client = new CommandClient(configuration);
        try
        {
            var user = parsed.GetValue(_user)!;
            await client.LogInAsync(user, Password(parsed, user), cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private string Password(ParseResult parsed, string user)
    {
        if (parsed.GetValue(_password) is { } reference)
        {
            return reference.Resolve(SecretFile.Read, out var error) ?? throw new VerbFailedException(ExitCode.Usage, $"there is no password: {error}");
        }

        return Console.IsInputRedirected
            ? throw new VerbFailedException(ExitCode.Usage, "there is no terminal to ask for the password; write --password env:NAME or file:path")
            : NewPassword.AskOnce($"mot de passe / password ({user}): ", parsed.InvocationConfiguration.Error);
    }

    private static SecretReference? Parse(ArgumentResult result)
    {
        var secret = SecretReference.Parse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var error);
        if (secret is null)
        {
            result.AddError(error);
        }

        return secret;
    }
}
