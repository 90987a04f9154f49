namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Refuses every command: an edge that nobody has given a command gate only reads.</summary>
public sealed class ClosedCommandService : ICommandService
{
    private static readonly RemoteText Why = new(
        "Les commandes sont coupées : cette passerelle ne fait que lire ; écrivez \"enabled\": true sous \"commands\", puis redémarrez-la.",
        "Commands are off: this edge only reads; write \"enabled\": true under \"commands\" and start it again.");

    public ValueTask<RemoteAnswer> AskAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return ValueTask.FromResult(new RemoteAnswer { Id = command.Id, Command = command.Command, Outcome = RemoteAnswer.Refused, Rule = "switch", Text = Why });
    }
}
