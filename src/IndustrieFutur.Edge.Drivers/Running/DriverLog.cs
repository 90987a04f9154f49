using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>Everything that the southbound side says. Event ids 2000 to 2999; one is never used again.</summary>
internal static partial class DriverLog
{
    [LoggerMessage(2001, LogLevel.Information, "{Link}: connected ({Devices}).")]
    public static partial void Connected(this ILogger logger, string link, string devices);

    [LoggerMessage(2002, LogLevel.Warning, "{Link}: {Reason} The signals of {Devices} are {Quality}; trying again, at most every {Seconds} s.")]
    public static partial void LinkLost(this ILogger logger, string link, string reason, string devices, string quality, double seconds);

    [LoggerMessage(2003, LogLevel.Error, "{Link}: an unexpected error in the driver of {Devices}; the link is opened anew.")]
    public static partial void Unexpected(this ILogger logger, Exception cause, string link, string devices);

    [LoggerMessage(2004, LogLevel.Error, "{Link}: refused {Times} times in a row by a device that answers; only tried every {Seconds} s from now on. {Reason}")]
    public static partial void Quarantined(this ILogger logger, string link, int times, double seconds, string reason);
}
