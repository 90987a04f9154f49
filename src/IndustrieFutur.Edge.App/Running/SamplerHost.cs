using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// The service's side of an isolated sampler: takes over one that runs, or starts one, watches that it ticks, starts it again, ends it.
/// </summary>
internal sealed class SamplerHost : IDisposable
{
    /// <summary>A sampler that has not ticked for so long is looked at; three ticks at least.</summary>
    private static readonly TimeSpan SilentMax = TimeSpan.FromMilliseconds(300);

    /// <summary>One that lives and does not tick for so long hangs, and is ended.</summary>
    private static readonly TimeSpan HangingMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>It empties its rings before it ends; links that are held by dead devices take 0.4 s of it.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(3);

    /// <summary>The pause before a start after one that lasted less than <see cref="LivedMin"/>; it doubles, to <see cref="PauseMax"/>.</summary>
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LivedMin = TimeSpan.FromSeconds(10);

    private readonly SamplerBlock _block;
    private readonly MappedBlock _mapped;
    private readonly ILogger _logger;
    private readonly PacedThread _watch;
    private readonly Lock _gate = new();
    private Process? _process;
    private LoopGauges? _gauges;
    private UtcOffset? _utc;
    private bool _stopping;
    private long _startedMonoNanos;
    private long _nextStartMonoNanos;
    private long _nextOffsetMonoNanos;
    private TimeSpan _pause = PauseFirst;
    private long _startsSeen;

    public SamplerHost(EdgeConfiguration configuration, ILogger<SamplerHost> logger)
    {
        _logger = logger;
        _block = new SamplerBlock(configuration);
        Join = null!;
        (_mapped, Join) = Open(configuration.Plan.Hash);
        _watch = new PacedThread("sampler watch", LookEvery, ThreadPriority.AboveNormal, Look, static () => { });
    }

    /// <summary>The block, taken up to where the cell's hot side begins.</summary>
    public HotMemory Memory => _mapped.Memory;

    public SamplerJoin Join { get; private set; }

    /// <summary>A sampler of an earlier service runs, or its rings hold what it left.</summary>
    public bool IsTakenOver { get; private set; }

    /// <summary>Times that the sampler had to be started again.</summary>
    public long Restarts => Math.Max(0, Join.Starts - 1);

    public int Process => Join.SamplerProcess;

    /// <summary>Starts the sampler, unless one runs, and watches it from now on.</summary>
    public void Start(LinkSet links)
    {
        _gauges = links.Gauges;
        _utc = links.Utc;
        Join.ServiceLives(MonoClock.NowNanos());
        if (IsAlive())
        {
            _startsSeen = Join.Starts;
            _logger.SamplerAdopted(Process);
        }
        else
        {
            StartProcess();
        }

        _watch.Start();
    }

    /// <summary>Ends the sampler; when this returns, all it had is in the output ring.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
        }

        _watch.Stop();
        Join.Stop();
        var until = MonoClock.NowNanos() + (EndMax.Ticks * 100);
        while (IsAlive() && MonoClock.NowNanos() < until)
        {
            Pacer.SleepUntil(MonoClock.NowNanos() + 2_000_000);
        }

        Kill();
    }

    /// <summary>Nothing is left in the block that anybody needs.</summary>
    public void Forget() => _block.Delete();

    public void Dispose()
    {
        if (_gauges is not null)
        {
            Stop();
        }

        // The block stays mapped: a link that was left behind, or a page that is read, may still look into it; it ends with the process.
        _process?.Dispose();
    }

    /// <summary>The block of an earlier service of this plan, or a new one.</summary>
    private (MappedBlock Mapped, SamplerJoin Join) Open(ulong planHash)
    {
        if (File.Exists(_block.File))
        {
            var mapped = new MappedBlock(_block.File);
            var join = new SamplerJoin(mapped.Memory);
            var mismatch = join.MustStop ? "its service was stopped" : join.Mismatch(planHash);
            if (mismatch is null)
            {
                IsTakenOver = true;
                return (mapped, join);
            }

            _logger.SamplerBlockUnfit(_block.File, mismatch);
            KillUnfit(join);
            mapped.Dispose();
        }

        _block.Create();
        var created = new MappedBlock(_block.File);
        return (created, new SamplerJoin(created.Memory));
    }

    private void KillUnfit(SamplerJoin join)
    {
        Join = join;
        Kill();
    }

    private void Look()
    {
        var now = MonoClock.NowNanos();
        Join.ServiceLives(now);
        if (now >= _nextOffsetMonoNanos)
        {
            _utc!.Refresh();
            _nextOffsetMonoNanos = now + 1_000_000_000;
        }

        TellOfStarts();
        if (now >= _nextStartMonoNanos && HasFailed(now - Math.Max(_gauges!.LastTickMonoNanos, _startedMonoNanos)))
        {
            Restart(now);
        }
    }

    /// <summary>Our own child's end shows at once; one that was taken over is looked for when it is silent.</summary>
    private bool HasFailed(long silentNanos)
    {
        if (_process is { HasExited: true })
        {
            return !IsAlive();
        }

        var isSilent = silentNanos > Math.Max(SilentMax.Ticks * 100, 3 * _gauges!.PeriodNanos);
        return isSilent && (!IsAlive() || (silentNanos > HangingMax.Ticks * 100 && !IsHeld()));
    }

    private void Restart(long now)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            Kill();
            var hasLived = now - _startedMonoNanos > LivedMin.Ticks * 100;
            _pause = hasLived ? PauseFirst : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, PauseMax.Ticks));
            _nextStartMonoNanos = now + (_pause.Ticks * 100);
            _logger.SamplerGone(_pause.TotalSeconds);
            StartProcess();
        }
    }

    private void TellOfStarts()
    {
        var starts = Join.Starts;
        if (starts == _startsSeen)
        {
            return;
        }

        _startsSeen = starts;
        var (from, to) = Join.LastGap;
        if (starts > 1 && to != 0)
        {
            _logger.SamplerBack(Process, (to - from) / 1e6);
        }
        else
        {
            _logger.SamplerStarted(Process);
        }
    }

    private void StartProcess()
    {
        _startedMonoNanos = MonoClock.NowNanos();
        _process?.Dispose();
        var program = Path.Combine(AppContext.BaseDirectory, "ifedge-sampler.dll");
        var start = new ProcessStartInfo(Host(), ["exec", program, _block.File]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };

        // So large a nursery that what a link allocates when it reconnects makes no collection for days.
        start.Environment["DOTNET_GCgen0size"] = "0x8000000";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        try
        {
            _process = System.Diagnostics.Process.Start(start)!;
            _process.ErrorDataReceived += (_, line) => Relay(line.Data);
            _process.BeginErrorReadLine();
        }
        catch (Exception cause) when (cause is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            _logger.SamplerNotStarted(program, cause.Message);
        }
    }

    /// <summary>The runtime that runs this process, or the one that is on the path.</summary>
    private static string Host() => Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : RuntimeHost() ?? "dotnet";

    private static string? RuntimeHost()
    {
        var beside = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        return File.Exists(beside) ? beside : null;
    }

    /// <summary>A line of the sampler: its level as a number, a blank, the words.</summary>
    private void Relay(string? line)
    {
        if (line is null)
        {
            return;
        }

        var hasLevel = line.Length > 2 && char.IsAsciiDigit(line[0]) && line[1] == ' ';
        _logger.SamplerSays(hasLevel ? (LogLevel)(line[0] - '0') : LogLevel.Error, hasLevel ? line[2..] : line);
    }

    /// <summary>Its process is there, and is truly the one of this block.</summary>
    private bool IsAlive()
    {
        if (_process is { HasExited: false })
        {
            return true;
        }

        var pid = Join.SamplerProcess;
        return pid != 0 && !Join.HasEnded && _process?.Id != pid && CommandLineOf(pid).Contains(_block.File, StringComparison.Ordinal);
    }

    /// <summary>Somebody has stopped it by hand (SIGSTOP, a debugger): that is told by its silence, and is not for us to end.</summary>
    private bool IsHeld()
    {
        try
        {
            var status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid()}/stat"));
            return status[(status.LastIndexOf(')') + 2)..].StartsWith('T');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private int Pid() => _process is { HasExited: false } ? _process.Id : Join.SamplerProcess;

    private static string CommandLineOf(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Kill()
    {
        if (!IsAlive())
        {
            return;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Pid());
            process.Kill();
            process.WaitForExit(1_000);
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended in the meantime.
        }
    }
}
