using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge user remove</c>: a person who commands no longer.</summary>
internal static class UserRemoveVerb
{
    public static Command Create()
    {
        var name = UserVerb.Name();
        var place = UserPlace.Argument();
        var command = new Command("remove", "Remove a user; his sessions end.") { name, place };
        command.SetAction(parsed =>
        {
            var (user, file) = (parsed.GetRequiredValue(name), UserPlace.File(parsed, place));
            var users = UserPlace.Read(file);
            UserPlace.Find(users, user, file);
            users.Remove(user);
            UserPlace.Write(file, users);
            parsed.InvocationConfiguration.Output.Write($"removed: {user}\n");
            return ExitCode.Done;
        });
        return command;
    }
}
