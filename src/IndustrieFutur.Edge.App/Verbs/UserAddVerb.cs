using System.CommandLine;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge user add</c>: a person who may command from now on.</summary>
internal static class UserAddVerb
{
    public static Command Create()
    {
        var name = UserVerb.Name();
        var place = UserPlace.Argument();
        var role = new Option<string>("--role") { Description = $"What he may do: {Roles}.", Required = true };
        var password = NewPassword.Option();
        var command = new Command("add", "Add a user; the password is asked for twice.") { name, place, role, password };
        command.SetAction(parsed =>
        {
            Add(parsed, parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), UserPlace.File(parsed, place), password);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Roles => string.Join(", ", Enum.GetNames<Role>().Select(role => role.ToLowerInvariant()));

    /// <summary>Everything that can be wrong is said before anybody types a password.</summary>
    private static void Add(ParseResult parsed, string name, string word, string file, Option<string?> password)
    {
        if (!UserFile.IsName(name))
        {
            throw new VerbFailedException(ExitCode.Usage, $"\"{name}\" is no name of a user; it takes 1 to 32 letters, digits, _ . and -");
        }

        var role = UserFile.RoleOf(word) ?? throw new VerbFailedException(ExitCode.Usage, $"there is no role \"{word}\"; the roles are {Roles}");
        var users = UserPlace.Read(file);
        if (users.ContainsKey(name))
        {
            throw new VerbFailedException(ExitCode.Refused, $"there is a user {name} already; \"ifedge user password {name}\" changes the password, and for another role remove him first");
        }

        if (users.Count >= UserFile.UsersMax)
        {
            throw new VerbFailedException(ExitCode.Refused, $"there are {users.Count} users, which is the most; remove one who no longer comes");
        }

        users[name] = new UserEntry(role, NewPassword.Hash(parsed, password));
        UserPlace.Write(file, users);
        parsed.InvocationConfiguration.Output.Write($"added: {name}, {word}\n");
    }
}
