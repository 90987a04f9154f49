using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>Everything that the northbound side says. Event ids 4000 to 4999; one is never used again.</summary>
internal static partial class NorthboundLog
{
    [LoggerMessage(4001, LogLevel.Information, "{Sink}: connected to the broker {Url}.")]
    public static partial void Connected(this ILogger logger, string sink, string url);

    [LoggerMessage(4002, LogLevel.Warning, "{Sink}: no broker at {Url}: {Reason} Samples wait in the spool; trying again, at most every 5 s.")]
    public static partial void Unreachable(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "{Sink}: the broker {Url} refuses the log-in: {Reason} Check \"user\", \"password\" and the certificate. Samples wait in the spool.")]
    public static partial void LoginRefused(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4004, LogLevel.Warning, "{Sink}: the connection to the broker {Url} was lost. Samples wait in the spool.")]
    public static partial void Lost(this ILogger logger, string sink, string url);

    [LoggerMessage(4005, LogLevel.Error, "{Sink}: a message on {Topic} cannot be read and is ignored: {Reason}")]
    public static partial void BadMessage(this ILogger logger, string sink, string topic, string reason);

    [LoggerMessage(4006, LogLevel.Error, "{Sink}: an unexpected error; the connection is opened anew.")]
    public static partial void Unexpected(this ILogger logger, Exception cause, string sink);
}
