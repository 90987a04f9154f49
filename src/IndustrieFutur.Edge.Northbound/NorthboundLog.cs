using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>Everything that the northbound side says. Event ids 4000 to 4999; one is never used again.</summary>
internal static partial class NorthboundLog
{
    [LoggerMessage(4001, LogLevel.Information, "{Sink}: connected to the broker {Url}, MQTT {Version}, a {Session} session.")]
    public static partial void Connected(this ILogger logger, string sink, string url, string version, string session);

    [LoggerMessage(4002, LogLevel.Warning, "{Sink}: no connection to the broker {Url}: {Reason} Samples wait in the spool; trying again, at most every 5 s.")]
    public static partial void Unreachable(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "{Sink}: no session with the broker {Url}, and a person must act: {Reason} Samples wait in the spool.")]
    public static partial void LoginRefused(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4004, LogLevel.Warning, "{Sink}: the connection to the broker {Url} was lost. Samples wait in the spool.")]
    public static partial void Lost(this ILogger logger, string sink, string url);

    [LoggerMessage(4005, LogLevel.Error, "{Sink}: a message on {Topic} cannot be read and is ignored: {Reason}")]
    public static partial void BadMessage(this ILogger logger, string sink, string topic, string reason);

    [LoggerMessage(4006, LogLevel.Error, "{Sink}: an unexpected error; the connection is opened anew.")]
    public static partial void Unexpected(this ILogger logger, Exception cause, string sink);

    [LoggerMessage(4007, LogLevel.Warning, "{Sink}: MQTT 3.1.1 with the broker {Url}, for it refuses version 5: {Reason} Write \"version\": \"3.1.1\" to ask for it at once.")]
    public static partial void FellBack(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4008, LogLevel.Error, "{Sink}: the broker {Url} refuses messages on {Topic}: {Reason}. Look at its access list and its limits for this user. Samples wait in the spool; tried again every 5 s.")]
    public static partial void PublishRefused(this ILogger logger, string sink, string url, string topic, string reason);

    [LoggerMessage(4009, LogLevel.Error, "{Sink}: the values for people end until the next connection, by an unexpected error; telemetry goes on.")]
    public static partial void PeopleEnded(this ILogger logger, Exception cause, string sink);

    [LoggerMessage(4020, LogLevel.Information, "{Sink}: connected to the broker {Url} as the Sparkplug edge node {Node}, bdSeq {BdSeq}.")]
    public static partial void NodeConnected(this ILogger logger, string sink, string url, string node, byte bdSeq);

    [LoggerMessage(4021, LogLevel.Warning, "{Sink}: no Sparkplug session at {Url}: {Reason} Samples wait in memory; trying again, at most every 5 s.")]
    public static partial void NodeUnreachable(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4022, LogLevel.Warning, "{Sink}: no session with the broker {Url}, and a person must act: {Reason} Samples wait in memory.")]
    public static partial void NodeRefused(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4023, LogLevel.Warning, "{Sink}: the connection to the broker {Url} was lost. Samples wait in memory; what was sent in the last 15 s is sent again as history.")]
    public static partial void NodeLost(this ILogger logger, string sink, string url);

    [LoggerMessage(4024, LogLevel.Information, "{Sink}: the primary host {Host} is online.")]
    public static partial void HostOnline(this ILogger logger, string sink, string host);

    [LoggerMessage(4025, LogLevel.Warning, "{Sink}: the primary host {Host} is offline. Samples wait in memory until it says that it is back.")]
    public static partial void HostOffline(this ILogger logger, string sink, string host);

    [LoggerMessage(4026, LogLevel.Warning, "{Sink}: a STATE of the primary host {Host} is ignored: {Reason} ({Untold} more since the last time this was told).")]
    public static partial void HostIgnored(this ILogger logger, string sink, string host, string reason, long untold);

    [LoggerMessage(4027, LogLevel.Information, "{Sink}: a host asked for a rebirth; all births are published again ({Untold} more since the last time this was told).")]
    public static partial void RebirthAsked(this ILogger logger, string sink, long untold);

    [LoggerMessage(4028, LogLevel.Warning, "{Sink}: an order for {Signal} was not carried out: {Reason} ({Untold} more since the last time this was told).")]
    public static partial void OrderRefused(this ILogger logger, string sink, string signal, string reason, long untold);

    [LoggerMessage(4029, LogLevel.Warning, "{Sink}: a command on {Topic} is ignored: {Reason} ({Untold} more since the last time this was told).")]
    public static partial void CommandIgnored(this ILogger logger, string sink, string topic, string reason, long untold);

    [LoggerMessage(4030, LogLevel.Warning, "{Sink}: bdSeq cannot be kept in the data folder: {Reason} It goes on in memory; after a restart it begins again, and a host may take the old death for the new one. Make the folder writable.")]
    public static partial void BdSeqNotKept(this ILogger logger, string sink, string reason);

    [LoggerMessage(4031, LogLevel.Error, "{Sink}: an unexpected error; the Sparkplug session is opened anew.")]
    public static partial void NodeUnexpected(this ILogger logger, Exception cause, string sink);

    [LoggerMessage(4040, LogLevel.Information, "{Sink}: commands are heard at the broker {Url}, MQTT {Version}.")]
    public static partial void CommandsHeard(this ILogger logger, string sink, string url, string version);

    [LoggerMessage(4041, LogLevel.Warning, "{Sink}: no command can come from the broker {Url}: {Reason} Trying again, at most every 5 s.")]
    public static partial void CommandsUnreachable(this ILogger logger, string sink, string url, string reason);

    [LoggerMessage(4042, LogLevel.Warning, "{Sink}: the connection for commands to the broker {Url} was lost. What is in work goes on; answers are tried for 5 s.")]
    public static partial void CommandsLost(this ILogger logger, string sink, string url);

    [LoggerMessage(4043, LogLevel.Error, "{Sink}: an unexpected error; the connection for commands is opened anew.")]
    public static partial void CommandsUnexpected(this ILogger logger, Exception cause, string sink);

    [LoggerMessage(4044, LogLevel.Warning, "{Sink}: a request on {Topic} is refused for its form: {Reason} ({Untold} more since the last time this was told).")]
    public static partial void RequestRefused(this ILogger logger, string sink, string topic, string reason, long untold);

    [LoggerMessage(4045, LogLevel.Warning, "{Sink}: more than {Rate} requests a second come, or {UserRate} of one user; those above are dropped without an answer, one on {Topic} now ({Untold} more since the last time this was told). Look for who sends them.")]
    public static partial void RequestsDropped(this ILogger logger, string sink, int rate, int userRate, string topic, long untold);

    [LoggerMessage(4046, LogLevel.Warning, "{Sink}: the answer to the request {Request} ({Outcome}) did not reach the broker: {Reason} The audit has the outcome ({Untold} more since the last time this was told).")]
    public static partial void AnswerLost(this ILogger logger, string sink, string request, string outcome, string reason, long untold);

    [LoggerMessage(4047, LogLevel.Error, "{Sink}: the request {Request} ended in an unexpected error; its outcome is called unknown.")]
    public static partial void RequestFailed(this ILogger logger, Exception cause, string sink, string request);

    [LoggerMessage(4048, LogLevel.Warning, "{Sink}: the broker {Url} takes the samples, but no watermark moves on: is each historian running, and is its store there? In case the broker has lost a subscription, the connection is opened anew, ever more seldom. Samples wait in the spool.")]
    public static partial void NothingConfirmed(this ILogger logger, string sink, string url);
}
