using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Northbound.Commands;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>Brings requests of MQTT to the command gate, and its answers back.</summary>
internal sealed class MqttCommands(Func<CommandRequest, CancellationToken, Task<CommandAnswer>> ask) : ICommandService
{
    public async ValueTask<RemoteAnswer> AskAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Answer(await ask(Request(command), cancellationToken));
    }

    /// <summary>Nobody is at the cell who comes this way.</summary>
    private static CommandRequest Request(RemoteCommand command) => new()
    {
        Who = new Who(command.User, command.Station, Door.Mqtt, IsAtCell: false),
        Step = command.Step switch
        {
            RemoteStep.Prepare => RequestStep.Prepare,
            RemoteStep.Execute => RequestStep.Execute,
            _ => RequestStep.Submit,
        },
        Command = command.Command,
        Id = command.Id,
        Values = command.Values,
        ExpiresUtcMillis = command.ExpiresUtcMillis,
        Token = command.Token,
        Reason = command.Reason,
    };

    private static RemoteAnswer Answer(CommandAnswer answer) => new()
    {
        Id = answer.Id,
        Command = answer.Command,
        Outcome = answer.Outcome?.ToString().ToLowerInvariant() ?? "prepared",
        Rule = answer.Rule,
        Text = new RemoteText(answer.TextFr, answer.TextEn),
        Token = answer.Token,
        TokenExpires = answer.TokenExpiresUtcMillis,
        Audit = answer.AuditSequence,
        Millis = answer.Millis,
        Guards = [.. answer.Guards.Select(guard => new RemoteGuard(guard.When, guard.State, guard.Signals, new RemoteText(guard.MessageFr, guard.MessageEn)))],
    };
}
