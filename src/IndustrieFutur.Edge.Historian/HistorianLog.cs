using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Historian;

/// <summary>Everything that the historian says. Event ids 5000 to 5999; one is never used again.</summary>
internal static partial class HistorianLog
{
    [LoggerMessage(5001, LogLevel.Information, "{Historian}: connected to the broker {Address}.")]
    public static partial void Connected(this ILogger logger, string historian, string address);

    [LoggerMessage(5002, LogLevel.Warning, "{Historian}: no connection to the broker{Address}: {Reason} Trying again, at most every 5 s; the edges keep their samples.")]
    public static partial void BrokerUnreachable(this ILogger logger, string historian, string address, string reason);

    [LoggerMessage(5003, LogLevel.Warning, "{Historian}: no session with the broker{Address}, and a person must act: {Reason} Trying again, at most every 5 s; the edges keep their samples.")]
    public static partial void LoginRefused(this ILogger logger, string historian, string address, string reason);

    [LoggerMessage(5004, LogLevel.Warning, "{Historian}: the connection to the broker was lost; the edges keep their samples.")]
    public static partial void BrokerLost(this ILogger logger, string historian);

    [LoggerMessage(5005, LogLevel.Information, "{Historian}: the store {Store} is open; it has watermarks of {Streams} streams.")]
    public static partial void StoreOpen(this ILogger logger, string historian, string store, int streams);

    [LoggerMessage(5006, LogLevel.Warning, "{Historian}: the store {Store} cannot be used: {Reason} Nothing is acknowledged meanwhile; trying again, at most every 10 s.")]
    public static partial void StoreUnusable(this ILogger logger, string historian, string store, string reason);

    [LoggerMessage(5007, LogLevel.Information, "{Historian}: the store {Store} takes samples again.")]
    public static partial void StoreBack(this ILogger logger, string historian, string store);

    [LoggerMessage(5008, LogLevel.Warning, "{Historian}: the store {Store} lost what it had not made durable: {Reason} {Batches} batches are written again.")]
    public static partial void WritesLost(this ILogger logger, string historian, string store, string reason, int batches);

    [LoggerMessage(5009, LogLevel.Error, "{Historian}: {Samples} samples are refused for ever and booked as dropped, the first of {Series}: {Reason}")]
    public static partial void Refused(this ILogger logger, string historian, int samples, string series, string reason);

    [LoggerMessage(5010, LogLevel.Error, "{Historian}: a message on {Topic} makes no sense and is ignored: {Reason} Is somebody else publishing there?")]
    public static partial void Unreadable(this ILogger logger, string historian, string topic, string reason);

    [LoggerMessage(5011, LogLevel.Warning, "{Historian}: {Samples} samples wait for the store, which is slower than what comes; until it follows, little more is taken than what was asked for. What is left out is asked for again.")]
    public static partial void Behind(this ILogger logger, string historian, int samples);

    [LoggerMessage(5012, LogLevel.Warning, "{Historian}: samples of {Stream} come under a plan whose description has not arrived; they are asked for again. Is the topic .../meta retained by the broker?")]
    public static partial void NoMeta(this ILogger logger, string historian, string stream);

    [LoggerMessage(5013, LogLevel.Warning, "{Historian}: {Stream} begins a new numbering; the edge lost the old one.")]
    public static partial void NewEpoch(this ILogger logger, string historian, string stream);

    [LoggerMessage(5014, LogLevel.Warning, "{Historian}: the store {Store} makes no snapshots ({Reason}); what is written counts as stored after 15 s instead of 2 s.")]
    public static partial void NoSnapshots(this ILogger logger, string historian, string store, string reason);

    [LoggerMessage(5015, LogLevel.Error, "{Historian}: an unexpected error; everything begins anew from the store's watermarks.")]
    public static partial void Unexpected(this ILogger logger, Exception cause, string historian);

    [LoggerMessage(5016, LogLevel.Error, "{Historian}: {Streams} streams are followed and no more are taken; {Stream} is ignored. Give each historian its own \"streams\".")]
    public static partial void TooManyStreams(this ILogger logger, string historian, int streams, string stream);

    [LoggerMessage(5017, LogLevel.Information, "{Historian}: the database {Database} was not there and has been made.")]
    public static partial void DatabaseMade(this ILogger logger, string historian, string database);

    [LoggerMessage(5018, LogLevel.Warning, "{Historian}: a gap of {Stream} is known but the store {Store} refuses its record: {Reason}")]
    public static partial void GapRefused(this ILogger logger, string historian, string stream, string store, string reason);

    [LoggerMessage(5019, LogLevel.Error, "{Historian}: the store's watermark of {Stream} reaches {Highest}, but the edge's next number is {Next}; the stream begins again from {From}. Was the edge set back, or is somebody else publishing there?")]
    public static partial void BeginsAgain(this ILogger logger, string historian, string stream, ulong highest, ulong next, ulong from);

    [LoggerMessage(5020, LogLevel.Error, "{Historian}: the store is not the one any more that confirmed: {Reason}")]
    public static partial void StoreSetBack(this ILogger logger, string historian, string reason);

    [LoggerMessage(5021, LogLevel.Warning, "{Historian}: the broker {Address} answers, but {Missed}. In case it has lost a subscription, the connection is opened anew, ever more seldom.")]
    public static partial void NothingComes(this ILogger logger, string historian, string address, string missed);
}
