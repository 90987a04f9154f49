using System.CommandLine;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Control;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge user list</c>: the users and their roles, never a hash.</summary>
internal static class UserListVerb
{
    public static Command Create()
    {
        var place = UserPlace.Argument();
        var json = VerbOptions.Json();
        var command = new Command("list", "List the users and what each may do.") { place, json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var users = UserPlace.Read(UserPlace.File(parsed, place)).OrderBy(user => user.Key, StringComparer.Ordinal).ToList();
            if (parsed.GetValue(json))
            {
                JsonNode[] listed = [.. users.Select(user => new JsonObject { ["name"] = user.Key, ["role"] = Word(user.Value.Role) })];
                output.Write(new JsonArray(listed).ToJsonString() + "\n");
                return ExitCode.Done;
            }

            foreach (var (name, user) in users)
            {
                output.Write($"{name,-32}  {Word(user.Role)}\n");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}
