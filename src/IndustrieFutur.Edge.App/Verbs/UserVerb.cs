using System.CommandLine;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge user</c>: who may command, and as what.</summary>
internal static class UserVerb
{
    public static Command Create() => new("user", "Add, change, remove and list the users who may give commands; a running service notices within a second.")
    {
        UserAddVerb.Create(),
        UserPasswordVerb.Create(),
        UserRemoveVerb.Create(),
        UserListVerb.Create(),
    };

    public static Argument<string> Name() => new("name") { Description = "The user's name: letters, digits, _ . and -, 32 at most." };
}
