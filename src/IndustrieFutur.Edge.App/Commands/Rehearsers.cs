using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>Who gives the commands of a rehearsal: for each role somebody, and whoever a command names.</summary>
internal static class Rehearsers
{
    private const string Second = "-2";

    /// <summary>Nobody logs in as one of them: the gate asks for the role alone.</summary>
    private static readonly string NoPassword = PasswordHash.Of(System.Security.Cryptography.RandomNumberGenerator.GetHexString(32));

    public static IReadOnlyDictionary<string, UserEntry> Of(CellPlan plan)
    {
        var users = new Dictionary<string, UserEntry>();
        foreach (var role in Enum.GetValues<Role>())
        {
            users[NameOf(role)] = new UserEntry(role, NoPassword);
            users[NameOf(role) + Second] = new UserEntry(role, NoPassword);
        }

        foreach (var name in plan.Commands.SelectMany(command => command.Users))
        {
            users.TryAdd(name, new UserEntry(Role.Operator, NoPassword));
        }

        return users;
    }

    /// <summary>Who gives it.</summary>
    public static Who For(CommandPlan command) => At(command.Users.Count > 0 ? command.Users[0] : NameOf(RoleFor(command)));

    /// <summary>Who agrees to it.</summary>
    public static Who SecondFor(CommandPlan command) => At(command.Users.Count > 1 ? command.Users[1] : NameOf(RoleFor(command)) + Second);

    private static Role RoleFor(CommandPlan command) =>
        Enum.GetValues<Role>().FirstOrDefault(role => command.Roles.Contains(role.ToString().ToLowerInvariant()), Role.Operator);

    private static string NameOf(Role role) => $"rehearsal-{role.ToString().ToLowerInvariant()}";

    private static Who At(string name) => new(name, "rehearsal", Door.Cli, IsAtCell: true);
}
