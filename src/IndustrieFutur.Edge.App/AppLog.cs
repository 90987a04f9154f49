using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App;

/// <summary>Everything that the program itself says. Event ids 1000 to 1999; one is never used again.</summary>
internal static partial class AppLog
{
    [LoggerMessage(1001, LogLevel.Information, "The cell {Group}/{Edge} runs: {Devices} devices, {Signals} signals.")]
    public static partial void Started(this ILogger logger, string group, string edge, int devices, int signals);

    [LoggerMessage(1002, LogLevel.Information, "The broker listens on {Url}.")]
    public static partial void BrokerListens(this ILogger logger, string url);

    [LoggerMessage(1003, LogLevel.Error, "Spool: {Reason}.")]
    public static partial void SpoolFileBad(this ILogger logger, string reason);

    [LoggerMessage(1004, LogLevel.Information, "Spool: {Count} samples of the last run are back and will be sent.")]
    public static partial void SpoolRestored(this ILogger logger, long count);

    [LoggerMessage(1008, LogLevel.Error, "Spool: {Count} samples of the last run belong to signals that the configuration no longer has: {Signals}. They cannot be sent; they are kept in {File}.")]
    public static partial void SpoolOrphans(this ILogger logger, long count, string signals, string file);

    [LoggerMessage(1005, LogLevel.Information, "Spool: {Count} samples are not stored yet; they are saved and will be sent at the next start.")]
    public static partial void SpoolSaved(this ILogger logger, long count);

    [LoggerMessage(1009, LogLevel.Error, "Spool: {Count} samples are not stored yet and cannot be saved in {Folder}: {Reason}. They are lost. Make room there, or point \"data\" elsewhere.")]
    public static partial void SpoolNotSaved(this ILogger logger, long count, string folder, string reason);

    [LoggerMessage(1010, LogLevel.Warning, "{Problem}.")]
    public static partial void DeviceProblem(this ILogger logger, string problem);

    [LoggerMessage(1011, LogLevel.Information, "No longer so: {Problem}.")]
    public static partial void DeviceProblemGone(this ILogger logger, string problem);

    [LoggerMessage(1012, LogLevel.Information, "Sampling, {Refusal}; the loop goes on without it. \"ifedge doctor\" says what grants it.")]
    public static partial void PrivilegeRefused(this ILogger logger, string refusal);

    [LoggerMessage(1006, LogLevel.Warning, "The service stops: {Reason}")]
    public static partial void Stopping(this ILogger logger, string reason);

    [LoggerMessage(1007, LogLevel.Error, "The sampling loop stands still; systemd's watchdog is no longer fed and will restart the service.")]
    public static partial void LoopStandsStill(this ILogger logger);

    [LoggerMessage(1020, LogLevel.Warning, "{Warning}")]
    public static partial void CertificateExpires(this ILogger logger, string warning);
}
