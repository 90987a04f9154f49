using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Control;

/// <summary>What the gate tells: outcomes that a person should look at, and changes of its state. Each decision is in the audit.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(3001, LogLevel.Information, "Command {Command} by {Who}: {Outcome}. {Text}")]
    public static partial void CommandEnded(this ILogger logger, string command, string who, Outcome outcome, string text);

    [LoggerMessage(3002, LogLevel.Warning, "Command {Command} by {Who}: {Outcome}. {Text}")]
    public static partial void CommandInDoubt(this ILogger logger, string command, string who, Outcome outcome, string text);

    [LoggerMessage(3003, LogLevel.Warning, "Commands are {State} now, by {Who}: {Reason}")]
    public static partial void Switched(this ILogger logger, string state, string who, string reason);

    [LoggerMessage(3004, LogLevel.Error, "An outcome cannot be written down; it is tried again every second. {Problem}")]
    public static partial void OutcomeNotWritten(this ILogger logger, string problem);

    [LoggerMessage(3005, LogLevel.Warning, "Of orders that an earlier run left without an outcome, {Unknown} may have been done or not, and {Withdrawn} were taken back; look at the machines. Nothing is sent again.")]
    public static partial void Recovered(this ILogger logger, int unknown, int withdrawn);

    [LoggerMessage(3006, LogLevel.Warning, "Reaction {Reaction}: {Outcome}. {Text} It reacts again once a person arms it.")]
    public static partial void Reacted(this ILogger logger, string reaction, Outcome outcome, string text);

    [LoggerMessage(3007, LogLevel.Warning, "{Count} requests above the rate were not looked at.")]
    public static partial void AboveRate(this ILogger logger, long count);
}
