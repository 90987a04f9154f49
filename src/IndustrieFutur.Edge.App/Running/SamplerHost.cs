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

    /// <summary>One that lives and does not tick for so long is a problem that a person sees.</summary>
    private static readonly TimeSpan StillMax = TimeSpan.FromSeconds(2);

    /// <summary>One that has ticked, lives and does not tick for so long hangs, and is ended.</summary>
    private static readonly TimeSpan HangingMax = TimeSpan.FromSeconds(5);

    /// <summary>A start takes a second; on a machine that boots from a slow card, and does other things too, many.</summary>
    private static readonly TimeSpan StartingMax = TimeSpan.FromSeconds(60);

    /// <summary>Whoever starts a sampler from outside needs a moment; then a person should look.</summary>
    private static readonly TimeSpan ComesMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>The pause before a start after one that lasted less than <see cref="LivedMin"/>; it doubles, to <see cref="PauseMax"/>.</summary>
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LivedMin = TimeSpan.FromSeconds(10);

    /// <summary>One crash is mended and told in the log; so many in a row are a problem that somebody must look at.</summary>
    private const int DeathsToTell = 3;

    private readonly SamplerBlock _block;
    private readonly SamplerChild? _child;
    private readonly MappedBlock _mapped;
    private readonly ILogger _logger;
    private readonly PacedThread _watch;
    private readonly Lock _gate = new();
    private LinkSet? _links;
    private bool _stopping;
    private long _startedMonoNanos;
    private long _nextStartMonoNanos;
    private long _nextOffsetMonoNanos;
    private TimeSpan _pause = PauseFirst;
    private long _startsSeen;
    private int _deaths;
    private long _stillSinceMonoNanos;

    public SamplerHost(EdgeConfiguration configuration, ILogger<SamplerHost> logger)
    {
        _logger = logger;
        _block = new SamplerBlock(configuration);
        var isExternal = configuration.Options.Sampling.Sampler == SamplerMode.External;
        _child = isExternal ? null : new SamplerChild(Path.GetFullPath(configuration.DataDirectory), logger);
        (_mapped, Join) = Open();
        _watch = new PacedThread("sampler watch", LookEvery, ThreadPriority.AboveNormal, Look, static () => { });
    }

    /// <summary>The block, taken up to where the cell's hot side begins.</summary>
    public HotMemory Memory => _mapped.Memory;

    public SamplerJoin Join { get; }

    /// <summary>A sampler of an earlier service runs, or its rings hold what it left.</summary>
    public bool IsTakenOver { get; private set; }

    /// <summary>What an earlier run left that this one does not go on with; null: nothing.</summary>
    public LeftBlock? Left { get; private set; }

    /// <summary>Times that the sampler had to be started again.</summary>
    public long Restarts => Math.Max(0, Join.Starts - 1);

    /// <summary>The one that samples; 0: none does now.</summary>
    public int Process => IsAlive() ? Pid() : 0;

    /// <summary>Since its last start, or the service's.</summary>
    private bool HasTicked => _links!.Gauges.LastTickMonoNanos > _startedMonoNanos;

    /// <summary>What is wrong with it, in a sentence; null while it samples.</summary>
    public string? Problem { get; private set; }

    /// <summary>Starts the sampler, unless one runs, and watches it from now on.</summary>
    public void Start(LinkSet links)
    {
        _links = links;
        _startsSeen = Join.Starts;
        Join.ServiceLives(MonoClock.NowNanos());
        if (IsAlive())
        {
            _logger.SamplerAdopted(Process);
        }
        else
        {
            StartProcess();
        }

        _watch.Start();
    }

    /// <summary>Ends the sampler, after the links of this process; when this returns, all that was produced is in the output ring.</summary>
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
        SamplerProcesses.End(Join, IsAlive, Pid());
        if (!Join.HasEnded || _links!.Inputs.Any(ring => ring.Waiting > 0))
        {
            // It was killed or held, or has never come, or left before a link of this process did.
            _links!.RunDry();
        }
    }

    public void Dispose()
    {
        if (_links is not null)
        {
            Stop();
        }

        // The block stays mapped: a link that was left behind, or a page that is read, may still look into it; it ends with the process.
        _child?.Dispose();
    }

    /// <summary>The block of an earlier service of this plan, or a new one.</summary>
    private (MappedBlock Mapped, SamplerJoin Join) Open()
    {
        if (File.Exists(_block.File))
        {
            if (TryTakeOver(out var mismatch) is { } earlier)
            {
                IsTakenOver = true;
                return earlier;
            }

            Left = LeftBlock.Open(_block.File, mismatch, _logger);
        }

        _block.Create();
        var created = new MappedBlock(_block.File);
        return (created, new SamplerJoin(created.Memory));
    }

    private (MappedBlock Mapped, SamplerJoin Join)? TryTakeOver(out string mismatch)
    {
        MappedBlock? mapped = null;
        try
        {
            mapped = new MappedBlock(_block.File);
            var join = new SamplerJoin(mapped.Memory);
            mismatch = join.Mismatch(_block.PlanHash) ?? (join.MustStop ? "its service was being stopped" : Damage(join)) ?? "";
            if (mismatch.Length == 0)
            {
                return (mapped, join);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            mismatch = cause.Message;
        }

        mapped?.Dispose();
        return null;
    }

    /// <summary>Nobody works with what only looks like a ring: looked at through a mapping of its own, which takes nothing of the other.</summary>
    private string? Damage(SamplerJoin join)
    {
        using var mapped = new MappedBlock(_block.File);
        _ = new SamplerJoin(mapped.Memory);
        var isRunning = !join.HasEnded && SamplerProcesses.IsSampler(join.SamplerProcess, _block.File);
        return _block.HotSideOf(mapped.Memory).Unsound(withInputs: !isRunning);
    }

    private void Look()
    {
        var now = MonoClock.NowNanos();
        Join.ServiceLives(now);
        if (now >= _nextOffsetMonoNanos)
        {
            _links!.Utc.Refresh();
            _nextOffsetMonoNanos = now + 1_000_000_000;
        }

        TellOfStarts();
        var silentNanos = now - Math.Max(_links!.Gauges.LastTickMonoNanos, _startedMonoNanos);
        TellOfStillness(now, silentNanos);
        if (now >= _nextStartMonoNanos && HasFailed(silentNanos))
        {
            Restart(now);
        }
    }

    /// <summary>Our own child's end shows at once; one that was taken over is looked for when it is silent.</summary>
    private bool HasFailed(long silentNanos)
    {
        if (_child is { HasExited: true })
        {
            return !IsAlive();
        }

        if (_child is null && silentNanos < ComesMax.Ticks * 100)
        {
            return false;
        }

        var hangingMax = HasTicked ? HangingMax : StartingMax;
        return IsSilent(silentNanos, SilentMax) && (!IsAlive() || (IsSilent(silentNanos, hangingMax) && !SamplerProcesses.IsHeld(Pid())));
    }

    private bool IsSilent(long silentNanos, TimeSpan limit) => silentNanos > Math.Max(limit.Ticks * 100, 3 * _links!.Gauges.PeriodNanos);

    /// <summary>One that stands still has no words of its own; what it had said of itself is over when it ticks.</summary>
    private void TellOfStillness(long now, long silentNanos)
    {
        if (!IsSilent(silentNanos, SilentMax))
        {
            if (_stillSinceMonoNanos != 0)
            {
                _logger.SamplerTicksAgain((now - _stillSinceMonoNanos) / 1e9);
            }

            _stillSinceMonoNanos = 0;
            Problem = HasTicked ? null : Problem;
            return;
        }

        if (IsSilent(silentNanos, StillMax) && _stillSinceMonoNanos == 0 && HasTicked && IsAlive())
        {
            _stillSinceMonoNanos = now - silentNanos;
            Problem = Stillness(Pid());
            _logger.SamplerStill(Problem);
        }
    }

    private static string Stillness(int process) => string.Create(
        CultureInfo.InvariantCulture,
        $"sampler: its process {process} {(SamplerProcesses.IsHeld(process)
            ? $"is held (SIGSTOP, a debugger), so nothing is sampled; let it go on: kill -CONT {process}"
            : $"does not tick, so nothing is sampled; after {HangingMax.TotalSeconds:0} s it is ended and started again")}");

    private void Restart(long now)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            Kill();
            if (_child is null)
            {
                AwaitAnother(now);
                return;
            }

            var hasLived = now - _startedMonoNanos > LivedMin.Ticks * 100;
            _pause = hasLived ? PauseFirst : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, PauseMax.Ticks));
            _nextStartMonoNanos = now + (_pause.Ticks * 100);
            _logger.SamplerGone(_pause.TotalSeconds);
            _deaths = hasLived ? 1 : _deaths + 1;
            Problem = _deaths < DeathsToTell ? Problem : string.Create(
                CultureInfo.InvariantCulture, $"sampler: has ended {_deaths} times soon after its start, so nothing is sampled meanwhile; its last words: {_child.LastWords} A restart of the service makes its memory anew.");
            StartProcess();
        }
    }

    private void AwaitAnother(long now)
    {
        _nextStartMonoNanos = now + (ComesMax.Ticks * 100);
        if (Problem is null)
        {
            _logger.SamplerAwaited(_block.File);
        }

        Problem = "sampler: none has come, so nothing is sampled; is ifedge-sampler.service running (ifedge-sampler --wait, with the same data folder), of the same version?";
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
        if (_child is not null)
        {
            Problem = _block.TryWritePlan() ?? _child.Start() ?? Problem;
        }
    }

    /// <summary>Its process is there, and is truly the one of this block.</summary>
    private bool IsAlive() =>
        _child is { IsRunning: true }
        || (!Join.HasEnded && Join.SamplerProcess != _child?.Id && SamplerProcesses.IsSampler(Join.SamplerProcess, _block.File));

    private int Pid() => _child is { IsRunning: true } ? _child.Id : Join.SamplerProcess;

    private void Kill()
    {
        if (IsAlive())
        {
            SamplerProcesses.Kill(Pid());
        }
    }
}
