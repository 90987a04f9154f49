using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Where the loop runs when the configuration does not say it: alone, where it may be in time.</summary>
internal static class SamplerChoice
{
    /// <summary>True for a process of its own.</summary>
    public static bool IsIsolated(SamplingOptions options) => options.Sampler switch
    {
        SamplerMode.Isolated => true,
        SamplerMode.InProcess => false,
        _ => OperatingSystem.IsLinux() && options.RealTime != RealTimeMode.Off && GrantsPriority(options.Priority),
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
