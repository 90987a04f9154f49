namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>Why the spool is not on the disk as it should be.</summary>
/// <param name="Kind">For machines.</param>
/// <param name="Sentence">What happened, to which folder, and what we do about it.</param>
/// <param name="Remedy">What a person can do.</param>
public sealed record LogTrouble(LogTroubleKind Kind, string Sentence, string Remedy)
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = 0x70;
    private const int WindowsWriteProtected = 0x13;

    private const string GoesOn = "Samples are kept in memory meanwhile, as many as fit; they are written when the disk takes them again.";

    /// <summary>In words, what an operation of the disk failed with.</summary>
    internal static LogTrouble Of(Exception cause, string folder, bool hasRoom) => KindOf(cause, hasRoom) switch
    {
        LogTroubleKind.Full => new(
            LogTroubleKind.Full,
            $"The disk of the spool's folder {folder} is full. {GoesOn}",
            "Make room on it, or give \"spool\": { \"diskMegabytes\": ... } a smaller value."),
        LogTroubleKind.ReadOnly => new(
            LogTroubleKind.ReadOnly,
            $"The disk of the spool's folder {folder} is read-only. {GoesOn}",
            "Linux remounts a disk so after errors: look at \"dmesg\", check the disk, then remount it with \"mount -o remount,rw\"."),
        LogTroubleKind.Denied => new(
            LogTroubleKind.Denied,
            $"The spool may not write to its folder {folder} ({cause.Message}). {GoesOn}",
            $"Give the service's user that folder: chown -R <user> {folder}."),
        _ => new(
            LogTroubleKind.Failing,
            $"The disk of the spool's folder {folder} fails ({cause.Message}). {GoesOn}",
            "Look at \"dmesg\" and at the disk's health (smartctl, mmc extcsd read); a worn disk must be replaced."),
    };

    internal static LogTrouble TooLittleFree(string folder, long free, long min) => new(
        LogTroubleKind.Full,
        $"The disk of the spool's folder {folder} has {free >> 20} MB left, and the spool leaves {min >> 20} MB to others. {GoesOn}",
        "Make room on it, or give \"spool\": { \"freeMegabytes\": ... } a smaller value.");

    internal static LogTrouble TooSlow(string folder, TimeSpan took) => new(
        LogTroubleKind.Slow,
        $"The disk of the spool's folder {folder} took {took.TotalSeconds:0.0} s to confirm a write. Nothing is lost by that.",
        "Look who else writes to it (iotop), and at its health; flash that is nearly full or worn becomes slow.");

    private static LogTroubleKind KindOf(Exception cause, bool hasRoom)
    {
        if (cause is UnauthorizedAccessException)
        {
            return LogTroubleKind.Denied;
        }

        var code = OperatingSystem.IsWindows() ? cause.HResult & 0xFFFF : cause.HResult;
        return code switch
        {
            NoSpace or QuotaExceeded when !OperatingSystem.IsWindows() => LogTroubleKind.Full,
            ReadOnlyFileSystem when !OperatingSystem.IsWindows() => LogTroubleKind.ReadOnly,
            WindowsDiskFull when OperatingSystem.IsWindows() => LogTroubleKind.Full,
            WindowsWriteProtected when OperatingSystem.IsWindows() => LogTroubleKind.ReadOnly,
            _ => hasRoom ? LogTroubleKind.Failing : LogTroubleKind.Full,
        };
    }
}
