using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>Everything that the southbound side says. Event ids 2000 to 2999; one is never used again.</summary>
internal static partial class DriverLog
{
    [LoggerMessage(2001, LogLevel.Information, "{Link}: connected ({Devices}).")]
    public static partial void Connected(this ILogger logger, string link, string devices);

    [LoggerMessage(2002, LogLevel.Warning, "{Link}: {Reason} The signals of {Devices} are {Quality}; {Next}.")]
    public static partial void LinkLost(this ILogger logger, string link, string reason, string devices, string quality, string next);

    [LoggerMessage(2003, LogLevel.Error, "{Link}: an unexpected error in the driver of {Devices}; the link is opened anew.")]
    public static partial void Unexpected(this ILogger logger, Exception cause, string link, string devices);

    [LoggerMessage(2004, LogLevel.Error, "{Link}: {Devices} answers, and refuses us on and on. {Reason} It is quarantined: {Next}.")]
    public static partial void Quarantined(this ILogger logger, string link, string devices, string reason, string next);

    [LoggerMessage(2005, LogLevel.Warning, "{Link}: {Devices} answers again, and refuses us. {Reason} It is not given up: {Next}.")]
    public static partial void Refused(this ILogger logger, string link, string devices, string reason, string next);
}
