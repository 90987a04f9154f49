using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Control;

/// <summary>What the command gate tells in the log.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(3000, LogLevel.Warning, "Command {Command} of {Who} (audit line {Line}) ended unknown: {Text}")]
    public static partial void EndedUnknown(this ILogger logger, string command, string who, long line, string text);

    [LoggerMessage(3001, LogLevel.Error, "The audit cannot be written, so no command leaves: {Message} Free the disk or mend its rights.")]
    public static partial void AuditFailed(this ILogger logger, string message);

    [LoggerMessage(3002, LogLevel.Warning, "Commands are {State} by {Who}.")]
    public static partial void Switched(this ILogger logger, string state, string who);

    [LoggerMessage(3004, LogLevel.Warning, "Reaction {Reaction} gave {Command}: {Outcome}. {Text} It waits for a person who arms it again.")]
    public static partial void Reacted(this ILogger logger, string reaction, string command, Outcome outcome, string text);

    [LoggerMessage(3003, LogLevel.Error, "The switch of commands could not be kept over a restart: {Message} Turn it again once the data folder can be written.")]
    public static partial void SwitchNotKept(this ILogger logger, string message);
}
