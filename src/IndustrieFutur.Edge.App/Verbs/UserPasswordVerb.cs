using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge user password</c>: another password; who is logged in with the old one is logged out.</summary>
internal static class UserPasswordVerb
{
    public static Command Create()
    {
        var name = UserVerb.Name();
        var place = UserPlace.Argument();
        var password = NewPassword.Option();
        var command = new Command("password", "Change a user's password; his sessions end.") { name, place, password };
        command.SetAction(parsed =>
        {
            var (user, file) = (parsed.GetRequiredValue(name), UserPlace.File(parsed, place));
            var users = UserPlace.Read(file);
            users[user] = UserPlace.Find(users, user, file) with { Password = NewPassword.Hash(parsed, password) };
            UserPlace.Write(file, users);
            parsed.InvocationConfiguration.Output.Write($"changed: {user}\n");
            return ExitCode.Done;
        });
        return command;
    }
}
