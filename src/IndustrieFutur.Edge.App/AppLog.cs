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

    [LoggerMessage(1018, LogLevel.Error, "Spool: {Sentence} {Remedy}")]
    public static partial void SpoolDiskTrouble(this ILogger logger, string sentence, string remedy);

    [LoggerMessage(1019, LogLevel.Information, "Spool: the disk of {Folder} takes samples again, after {Seconds} s; what memory kept meanwhile is written now.")]
    public static partial void SpoolDiskWell(this ILogger logger, string folder, long seconds);

    [LoggerMessage(1005, LogLevel.Information, "Spool: {Count} samples are not stored yet; they are saved and will be sent at the next start.")]
    public static partial void SpoolSaved(this ILogger logger, long count);

    [LoggerMessage(1009, LogLevel.Error, "Spool: {Count} samples are not stored yet and cannot be saved in {Folder}: {Reason}. They are lost. Make room there, or point \"data\" elsewhere.")]
    public static partial void SpoolNotSaved(this ILogger logger, long count, string folder, string reason);

    [LoggerMessage(1045, LogLevel.Warning, "Spool: the last word of this run cannot be written in {Folder}: {Reason} No sample is lost by that; some may be sent again at the next start, and stores have them once. Make room there, or point \"data\" elsewhere.")]
    public static partial void SpoolEndNotSaved(this ILogger logger, string folder, string reason);

    [LoggerMessage(1010, LogLevel.Warning, "{Problem}.")]
    public static partial void DeviceProblem(this ILogger logger, string problem);

    [LoggerMessage(1011, LogLevel.Information, "No longer so: {Problem}.")]
    public static partial void DeviceProblemGone(this ILogger logger, string problem);

    [LoggerMessage(1012, LogLevel.Information, "Sampling, {Refusal}; the loop goes on without it. \"ifedge doctor\" says what grants it.")]
    public static partial void PrivilegeRefused(this ILogger logger, string refusal);

    [LoggerMessage(1029, LogLevel.Information, "The service samples itself ({Why}): a garbage collection holds its loop.")]
    public static partial void SamplesHere(this ILogger logger, string why);

    [LoggerMessage(1030, LogLevel.Information, "The sampler runs in a process of its own ({Process}).")]
    public static partial void SamplerStarted(this ILogger logger, int process);

    [LoggerMessage(1031, LogLevel.Information, "The sampler of the last run still samples (process {Process}); this service goes on with what it holds.")]
    public static partial void SamplerAdopted(this ILogger logger, int process);

    [LoggerMessage(1032, LogLevel.Error, "The sampler has ended or hangs; it is started again, and at the earliest {Seconds} s later once more. The signals of its links have a gap.")]
    public static partial void SamplerGone(this ILogger logger, double seconds);

    [LoggerMessage(1033, LogLevel.Warning, "The sampler samples again (process {Process}), after a gap of {Millis:0} ms.")]
    public static partial void SamplerBack(this ILogger logger, int process, double millis);

    [LoggerMessage(1034, LogLevel.Error, "The sampler {Program} cannot be started: {Reason}. Is it beside ifedge? \"sampler\": \"inProcess\" does without.")]
    public static partial void SamplerNotStarted(this ILogger logger, string program, string reason);

    [LoggerMessage(1040, LogLevel.Error, "No sampler has come for {File}, so nothing is sampled. Is ifedge-sampler.service running, with the same data folder and of the same version?")]
    public static partial void SamplerAwaited(this ILogger logger, string file);

    [LoggerMessage(1035, LogLevel.Warning, "The block {File} of an earlier sampler is not used ({Why}), and what its rings may still have held is lost ({Reason})")]
    public static partial void SamplerBlockUnfit(this ILogger logger, string file, string why, string reason);

    [LoggerMessage(1041, LogLevel.Warning, "{Problem}. Values are shown as Uncertain meanwhile.")]
    public static partial void SamplerStill(this ILogger logger, string problem);

    [LoggerMessage(1042, LogLevel.Information, "The sampler ticks again, after {Seconds:0.0} s in which nothing was sampled.")]
    public static partial void SamplerTicksAgain(this ILogger logger, double seconds);

    [LoggerMessage(1043, LogLevel.Warning, "No process of its own can sample, so the service samples itself: {Reason}")]
    public static partial void SamplerNotPossible(this ILogger logger, string reason);

    [LoggerMessage(1038, LogLevel.Information, "The block {File} of an earlier sampler is not gone on with: {Why}. That sampler is ended; what it still held is taken in.")]
    public static partial void SamplerBlockLeft(this ILogger logger, string file, string why);

    [LoggerMessage(1039, LogLevel.Information, "{Count} samples that the earlier sampler had left are taken in; {LeftOut} are left out, for their signals are no longer configured.")]
    public static partial void RingTakenIn(this ILogger logger, long count, long leftOut);

    [LoggerMessage(1037, LogLevel.Information, "The service before this one left {Count} samples in the ring that it had taken and that nobody has confirmed; they are sent again.")]
    public static partial void RingTakenOver(this ILogger logger, int count);

    [LoggerMessage(1044, LogLevel.Warning, "{Words}")]
    public static partial void SamplesRefused(this ILogger logger, string words);

    [LoggerMessage(EventId = 1037, Level = LogLevel.Error, Message = "No command is taken: {Why}")]
    public static partial void CommandsNotPossible(this ILogger logger, string why);

    [LoggerMessage(EventId = 1036, Message = "Sampler: {Words}")]
    public static partial void SamplerSays(this ILogger logger, LogLevel level, string words);

    [LoggerMessage(1006, LogLevel.Warning, "The service stops: {Reason}")]
    public static partial void Stopping(this ILogger logger, string reason);

    [LoggerMessage(1007, LogLevel.Error, "The sampling loop stands still; systemd's watchdog is no longer fed and will restart the service.")]
    public static partial void LoopStandsStill(this ILogger logger);

    [LoggerMessage(1020, LogLevel.Warning, "{Warning}")]
    public static partial void CertificateExpires(this ILogger logger, string warning);

    [LoggerMessage(1050, LogLevel.Warning, "The broker: {Damage}.")]
    public static partial void RetainedDamaged(this ILogger logger, string damage);

    [LoggerMessage(1051, LogLevel.Error, "The broker's retained messages cannot be written: {Reason}. They are kept in memory and written with the next change; make room, or give this user the right to write the data folder.")]
    public static partial void RetainedNotWritten(this ILogger logger, string reason);

    [LoggerMessage(1052, LogLevel.Warning, "The broker holds {Count} retained messages of {Bytes} bytes, its limit: further ones are passed on and not retained. Raise broker.limits.retainedMessages or retainedBytes, or clear topics that nobody needs.")]
    public static partial void RetainedFull(this ILogger logger, int count, long bytes);

    [LoggerMessage(1053, LogLevel.Warning, "The broker refused a log-in: user {User} at {Place}. Is its password the one of broker.users? Further refusals are counted in /status.")]
    public static partial void BrokerLoginRefused(this ILogger logger, string user, string place);

    [LoggerMessage(1054, LogLevel.Warning, "The broker refused a message: user {User} may not publish {Topic}. {Advice}; further refusals are counted in /status.")]
    public static partial void BrokerPublishRefused(this ILogger logger, string user, string topic, string advice);

    [LoggerMessage(1055, LogLevel.Warning, "The broker refused a subscription: user {User} may not subscribe {Topic}. If it should, add the topic to broker.users.{User}.subscribe; further refusals are counted in /status.")]
    public static partial void BrokerSubscriptionRefused(this ILogger logger, string user, string topic);

    [LoggerMessage(1080, LogLevel.Information, "{Sink}: a Sparkplug host gave the command {Command} ({Request}): confirmed after {Millis} ms.")]
    public static partial void HostOrderConfirmed(this ILogger logger, string sink, string command, string request, long millis);

    [LoggerMessage(1081, LogLevel.Warning, "{Sink}: a Sparkplug host gave the command {Command} ({Request}): {Outcome}. {Text}")]
    public static partial void HostOrderNotConfirmed(this ILogger logger, string sink, string command, string request, string outcome, string text);

    [LoggerMessage(1082, LogLevel.Warning, "{Sink}: the command {Command} of a Sparkplug host ({Request}) is refused by the rule {Rule}: {Text} ({Untold} more since the last time this was told).")]
    public static partial void HostOrderRefused(this ILogger logger, string sink, string command, string request, string rule, string text, long untold);

    [LoggerMessage(1083, LogLevel.Error, "{Sink}: the command {Command} of a Sparkplug host ({Request}) ended in an unexpected error: its outcome is unknown; look at the machine and at the audit.")]
    public static partial void HostOrderFailed(this ILogger logger, Exception cause, string sink, string command, string request);
}
