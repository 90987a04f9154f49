using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Where the loop of a cell runs, and why there: as the configuration says, else alone where it may be in time.</summary>
/// <param name="IsIsolated">In a process of its own.</param>
/// <param name="Why">In a few words.</param>
internal sealed record SamplerChoice(bool IsIsolated, string Why)
{
    /// <summary>On this machine, for this user.</summary>
    public static SamplerChoice Of(SamplingOptions options) => Of(options, GrantsPriority);

    /// <summary>Without real-time priority a loop waits for its turn in either process: one of its own would only cost memory.</summary>
    /// <param name="options">What the configuration says.</param>
    /// <param name="grantsPriority">Whether a loop may have a priority; asked only when it decides.</param>
    internal static SamplerChoice Of(SamplingOptions options, Func<int, bool> grantsPriority) => options.Sampler switch
    {
        SamplerMode.Isolated => new(true, "\"sampler\": \"isolated\""),
        SamplerMode.External => new(true, "\"sampler\": \"external\""),
        SamplerMode.InProcess => new(false, "\"sampler\": \"inProcess\""),
        _ when !OperatingSystem.IsLinux() => new(false, "only Linux has memory here that processes share by name"),
        _ when options.RealTime == RealTimeMode.Off => new(false, "\"realTime\": \"off\""),
        _ when grantsPriority(options.Priority) => new(true, "the kernel grants real-time priority"),
        _ => new(false, "the kernel grants no real-time priority"),
    };

    /// <summary>Asked for on a thread that ends at once.</summary>
    private static bool GrantsPriority(int priority)
    {
        var granted = false;
        var thread = new Thread(() =>
        {
            using var realTime = new RealTime(new RealTimeSettings { Priority = priority });
            granted = realTime.Enter().Any(report => report is { Privilege: Privilege.Scheduling, Granted: true });
            realTime.Leave();
        });
        thread.Start();
        thread.Join();
        return granted;
    }
}
