using System.Globalization;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>What became of a privilege, in words: French and English, and what grants it.</summary>
public static class PrivilegeWords
{
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int NoMemory = 12;
    private const int Denied = 13;
    private const int Invalid = 22;

    public static string French(in PrivilegeReport report) => $"{NameFrench(report)} : {(report.Asked ? report.Granted ? "accordé" : $"refusé ({WhyFrench(report)})" : "non demandé")}";

    public static string English(in PrivilegeReport report) => $"{NameEnglish(report)}: {(report.Asked ? report.Granted ? "granted" : $"refused ({WhyEnglish(report)})" : "not asked for")}";

    /// <summary>The one command that grants it to this shell and what is started from it, until the shell ends; empty when there is none.</summary>
    public static string Command(in PrivilegeReport report) => report.Privilege switch
    {
        _ when !CanBeGranted(report) || IsContained(report) => "",
        Privilege.Scheduling => "sudo prlimit --pid $$ --rtprio=99:99",
        Privilege.MemoryLock => "sudo prlimit --pid $$ --memlock=unlimited:unlimited",
        Privilege.CpuLatency => "sudo chmod o+w /dev/cpu_dma_latency",
        _ => "",
    };

    /// <summary>The line that grants it to the service for good: of its systemd unit, or of a udev rule; empty when there is none.</summary>
    public static string Lasting(in PrivilegeReport report) => report.Privilege switch
    {
        _ when !CanBeGranted(report) => "",
        _ when IsContained(report) => "docker: --cap-add SYS_NICE --ulimit rtprio=99 --ulimit memlock=-1",
        Privilege.Scheduling => "systemd: LimitRTPRIO=99",
        Privilege.MemoryLock => "systemd: LimitMEMLOCK=infinity",
        Privilege.CpuLatency => "udev: KERNEL==\"cpu_dma_latency\", GROUP=\"ifedge\", MODE=\"0660\"",
        _ => string.Create(CultureInfo.InvariantCulture, $"systemd: AllowedCPUs=0-{Environment.ProcessorCount - 1}; sampling.cpu: 0..{Environment.ProcessorCount - 1}"),
    };

    private static bool CanBeGranted(in PrivilegeReport report) => report is { Asked: true, Granted: false } && report.Errno != KernelRights.NotHere;

    /// <summary>Even root is refused: what it may do was taken away, by a container or a control group.</summary>
    private static bool IsContained(in PrivilegeReport report) => report.Errno == NotPermitted && Environment.IsPrivilegedProcess;

    private static string NameFrench(in PrivilegeReport report) => report.Privilege switch
    {
        Privilege.Scheduling => Numbered("priorité temps réel (SCHED_FIFO", report, ")"),
        Privilege.Affinity => Numbered("processeur réservé à la boucle (CPU", report, ")"),
        Privilege.MemoryLock => "mémoire verrouillée (mlockall)",
        _ => "processeur tenu éveillé (/dev/cpu_dma_latency)",
    };

    private static string NameEnglish(in PrivilegeReport report) => report.Privilege switch
    {
        Privilege.Scheduling => Numbered("real-time priority (SCHED_FIFO", report, ")"),
        Privilege.Affinity => Numbered("the loop's own CPU (CPU", report, ")"),
        Privilege.MemoryLock => "memory locked (mlockall)",
        _ => "CPU kept awake (/dev/cpu_dma_latency)",
    };

    private static string Numbered(string before, in PrivilegeReport report, string after) =>
        before + (report.Asked ? string.Create(CultureInfo.InvariantCulture, $" {report.Argument}") : "") + after;

    private static string WhyFrench(in PrivilegeReport report) => report.Errno switch
    {
        _ when IsContained(report) => "le conteneur, ou son groupe de contrôle, ne le permet pas",
        NotPermitted => "l'utilisateur n'en a pas le droit",
        Denied => "le fichier n'est pas ouvert à cet utilisateur",
        NoSuchFile => "ce noyau, ou ce conteneur, n'a pas ce fichier",
        NoMemory => "la limite de mémoire verrouillée est trop basse",
        Invalid => "ce processeur n'existe pas, ou n'est pas permis ici",
        KernelRights.NotHere => "ce système ne l'a pas",
        _ => string.Create(CultureInfo.InvariantCulture, $"errno {report.Errno}"),
    };

    private static string WhyEnglish(in PrivilegeReport report) => report.Errno switch
    {
        _ when IsContained(report) => "the container, or its control group, does not allow it",
        NotPermitted => "this user has no right to it",
        Denied => "the file is not open to this user",
        NoSuchFile => "this kernel, or this container, has no such file",
        NoMemory => "the limit of locked memory is too low",
        Invalid => "this CPU is not there, or not allowed here",
        KernelRights.NotHere => "this system does not have it",
        _ => string.Create(CultureInfo.InvariantCulture, $"errno {report.Errno}"),
    };
}
