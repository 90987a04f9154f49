using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Tests.Core.Pacing;

/// <summary>Each privilege is tried by itself; a refusal is told with what grants it, and stops nothing.</summary>
public sealed class RealTimeTests
{
    private const int NotPermitted = 1;

    private static readonly RealTimeSettings Everything = new() { Priority = 42, Cpu = 1, LockMemory = true, HoldCpuAwake = true };

    [Fact]
    public void All_that_is_granted_is_reported_so_and_the_priority_comes_last()
    {
        var asked = new List<(Privilege, int)>();
        using var realTime = new RealTime(Everything, (privilege, argument) =>
        {
            asked.Add((privilege, argument));
            return 0;
        });

        var reports = realTime.Enter();

        Assert.Equal(Enum.GetValues<Privilege>(), reports.Select(report => report.Privilege));
        Assert.All(reports, report => Assert.True(report is { Asked: true, Granted: true, Errno: 0 }));
        Assert.Equal((Privilege.Scheduling, 42), asked[^1]);
        Assert.Contains((Privilege.Affinity, 1), asked);

        realTime.Leave();
        Assert.Equal((Privilege.Scheduling, 0), asked[^1]);
    }

    [Fact]
    public void What_is_refused_is_told_with_what_grants_it_and_the_rest_is_still_tried()
    {
        using var realTime = new RealTime(Everything, (privilege, _) => privilege switch
        {
            Privilege.Scheduling => NotPermitted,
            Privilege.MemoryLock => 12,
            Privilege.CpuLatency => 13,
            _ => 0,
        });

        var reports = realTime.Enter();

        Assert.Equal([false, true, false, false], reports.Select(report => report.Granted));
        Assert.Equal([NotPermitted, 0, 12, 13], reports.Select(report => report.Errno));
        Assert.All(reports.Where(report => !report.Granted), report =>
        {
            Assert.Contains("refusé", PrivilegeWords.French(report), StringComparison.Ordinal);
            Assert.Contains("refused", PrivilegeWords.English(report), StringComparison.Ordinal);
            Assert.NotEmpty(PrivilegeWords.Lasting(report));
        });
        Assert.Equal("systemd: LimitMEMLOCK=infinity", PrivilegeWords.Lasting(reports[2]));
        Assert.StartsWith("sudo chmod", PrivilegeWords.Command(reports[3]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_asked_for_is_not_tried()
    {
        var asked = new List<Privilege>();
        using var realTime = new RealTime(RealTimeSettings.Off, (privilege, argument) =>
        {
            asked.Add(privilege);
            Assert.Equal(0, argument);
            return 0;
        });

        var reports = realTime.Enter();

        Assert.All(reports, report => Assert.True(report is { Asked: false, Granted: false }));
        Assert.All(asked, privilege => Assert.Equal(Privilege.Scheduling, privilege));
        Assert.All(reports, report => Assert.Equal("", PrivilegeWords.Command(report) + PrivilegeWords.Lasting(report)));
    }

    [Fact]
    public void A_cpu_that_is_not_there_is_refused_in_words()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux pins threads here.");
        using var realTime = new RealTime(RealTimeSettings.Off with { Cpu = 1_023 });

        var report = OnAThread(realTime)[(int)Privilege.Affinity];

        Assert.False(report.Granted);
        Assert.Contains("not there", PrivilegeWords.English(report), StringComparison.Ordinal);
        Assert.Contains("AllowedCPUs", PrivilegeWords.Lasting(report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_itself_shows_the_priority_that_was_granted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root may count on real-time priority.");
        using var realTime = new RealTime(new RealTimeSettings { Priority = 42, Cpu = 0 });
        using var entered = new ManualResetEventSlim();
        using var seen = new ManualResetEventSlim();
        IReadOnlyList<PrivilegeReport> reports = [];
        var thread = new Thread(() =>
        {
            reports = realTime.Enter();
            entered.Set();
            seen.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            realTime.Leave();
        });
        thread.Start();
        Assert.True(entered.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.SkipUnless(reports[0].Granted, "This container takes real-time priority away from root too.");

        // proc(5), /proc/PID/stat: field 40 is the real-time priority, field 41 the policy (1: SCHED_FIFO).
        var policies = Directory.EnumerateDirectories("/proc/self/task")
            .Select(Fields)
            .Count(fields => fields.Length > 38 && fields[37] == "42" && fields[38] == "1");
        seen.Set();
        thread.Join();

        Assert.Equal(1, policies);
    }

    [Fact]
    public void A_report_survives_shared_memory()
    {
        var report = new PrivilegeReport(Privilege.CpuLatency, true, false, 13, 99);

        Assert.Equal(report, PrivilegeReport.Unpack(Privilege.CpuLatency, report.Pack()));
        Assert.False(PrivilegeReport.Unpack(Privilege.Scheduling, 0).Asked);
    }

    /// <summary>From the third field on, behind the name; none of a thread that has just ended.</summary>
    private static string[] Fields(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IReadOnlyList<PrivilegeReport> OnAThread(RealTime realTime)
    {
        IReadOnlyList<PrivilegeReport> reports = [];
        var thread = new Thread(() => reports = realTime.Enter());
        thread.Start();
        thread.Join();
        return reports;
    }
}
