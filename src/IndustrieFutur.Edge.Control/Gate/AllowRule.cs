using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The command is declared, and this user may give it.</summary>
internal sealed class AllowRule : IGateRule
{
    public Refusal? Ask(GateQuestion question)
    {
        if (question.Command is not { } command)
        {
            return new Refusal(
                "allow",
                "Cette commande n'est pas déclarée : elle est refusée. Voyez la liste des commandes.",
                "This command is not declared: it is refused. See the list of commands.");
        }

        if (MayGive(command, question.Request.Who.Name, question.Role))
        {
            return null;
        }

        return command.Users.Count > 0 && !command.Users.Contains(question.Request.Who.Name)
            ? new Refusal(
                "allow",
                $"« {command.NameFr} » n'est pas permise à cet utilisateur : elle est refusée. Ne le peuvent que : {string.Join(", ", command.Users)}.",
                $"\"{command.NameEn}\" is not allowed to this user: it is refused. Only these users may give it: {string.Join(", ", command.Users)}.")
            : new Refusal(
                "allow",
                $"« {command.NameFr} » n'est pas permise à cet utilisateur : elle est refusée. Demandez à qui a le rôle {string.Join(", ", command.Roles)}.",
                $"\"{command.NameEn}\" is not allowed to this user: it is refused. Ask somebody with the role {string.Join(", ", command.Roles)}.");
    }

    /// <summary>With both roles and users declared, both must agree.</summary>
    public static bool MayGive(CommandPlan command, string name, Role? role) =>
        role is { } known
        && (command.Roles.Count == 0 || command.Roles.Contains(known.ToString().ToLowerInvariant()))
        && (command.Users.Count == 0 || command.Users.Contains(name));
}
