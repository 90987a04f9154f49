namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>This user, or this role, may give this command, by this door.</summary>
internal sealed class AllowRule : IGateRule
{
    public const string Word = "allow";

    public Refusal? Ask(GateQuestion question)
    {
        var (command, who) = (question.Command!, question.Request.Who);
        if (who.Door == Door.Sparkplug && (command.SparkplugSignal < 0 || command.NeedsLease || command.NeedsTwo || command.Level > 1))
        {
            return new Refusal(Word, "Cette commande n'est pas offerte aux hôtes Sparkplug.", "This command is not offered to Sparkplug hosts.");
        }

        if (command.Users.Count > 0)
        {
            return command.Users.Contains(who.Name) ? null : new Refusal(
                Word,
                $"« {who.Name} » ne peut pas donner cette commande ; le peuvent : {string.Join(", ", command.Users)}.",
                $"\"{who.Name}\" may not give this command; these may: {string.Join(", ", command.Users)}.");
        }

        var role = question.Role!.Value.ToString();
        return command.Roles.Contains(role, StringComparer.OrdinalIgnoreCase) ? null : new Refusal(
            Word,
            $"Le rôle de « {who.Name} » ne suffit pas ; il faut : {string.Join(", ", command.Roles)}.",
            $"The role of \"{who.Name}\" does not do; it takes: {string.Join(", ", command.Roles)}.");
    }
}
