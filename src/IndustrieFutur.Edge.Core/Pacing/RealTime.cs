namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// Tries the privileges that a sampling thread asks for, each by itself: what is refused is reported and done without. Held until disposed.
/// </summary>
public sealed class RealTime : IDisposable
{
    private readonly RealTimeSettings _settings;
    private readonly KernelRights _rights = new();
    private readonly Func<Privilege, int, int> _attempt;
    private bool _isScheduled;

    public RealTime(RealTimeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _attempt = _rights.Attempt;
    }

    /// <param name="settings">What is asked for.</param>
    /// <param name="attempt">Stands in for the kernel: a privilege and its argument, answered with 0 or an error number.</param>
    internal RealTime(RealTimeSettings settings, Func<Privilege, int, int> attempt)
    {
        _settings = settings;
        _attempt = attempt;
    }

    /// <summary>
    /// For the thread that is to be in time, called on it: its CPU, then the process's memory and its CPUs' sleep, its priority last.
    /// Throws never; one report for each privilege, in the order of <see cref="Privilege"/>.
    /// </summary>
    public IReadOnlyList<PrivilegeReport> Enter()
    {
        var affinity = Try(Privilege.Affinity, _settings.Cpu is not null, _settings.Cpu ?? 0);
        var memory = Try(Privilege.MemoryLock, _settings.LockMemory, 0);
        var latency = Try(Privilege.CpuLatency, _settings.HoldCpuAwake, 0);
        var scheduling = Try(Privilege.Scheduling, _settings.Priority > 0, _settings.Priority);
        _isScheduled = scheduling.Granted;
        if (!_isScheduled)
        {
            _ = _attempt(Privilege.Scheduling, 0);
        }

        return [scheduling, affinity, memory, latency];
    }

    /// <summary>Back to normal scheduling, on the thread that entered: what it does from now on is in no hurry.</summary>
    public void Leave()
    {
        if (_isScheduled)
        {
            _isScheduled = false;
            _ = _attempt(Privilege.Scheduling, 0);
        }
    }

    public void Dispose() => _rights.Dispose();

    private PrivilegeReport Try(Privilege privilege, bool asked, int argument)
    {
        var errno = asked ? _attempt(privilege, argument) : 0;
        return new PrivilegeReport(privilege, asked, asked && errno == 0, errno, argument);
    }
}
