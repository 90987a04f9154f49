using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The kernel's word on the process that a block names as its sampler: is it there, is it held, end it.</summary>
internal static class SamplerProcesses
{
    /// <summary>It empties its rings before it ends; links that are held by dead devices take 0.4 s of it.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(3);

    /// <summary>A number of a process alone says nothing: it may be another's by now. This one was started as a sampler, of this block.</summary>
    public static bool IsSampler(int process, string block)
    {
        var arguments = process == 0 ? [] : Read(process, "cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return arguments.Length > 1 && arguments.Any(argument => argument.Contains("ifedge-sampler", StringComparison.Ordinal)) && SamplerPlan.BlockOf(arguments[^1]) == block;
    }

    /// <summary>Somebody has stopped it by hand (SIGSTOP, a debugger): that is told by its silence, and is not for us to end.</summary>
    public static bool IsHeld(int process)
    {
        var status = Read(process, "stat");
        return status.LastIndexOf(')') is > 0 and var name && status[(name + 1)..].TrimStart().StartsWith('T');
    }

    /// <summary>Tells it to end and waits for it; one that does not is killed.</summary>
    public static void End(SamplerJoin join, Func<bool> isAlive, int process)
    {
        join.Stop();
        var until = MonoClock.NowNanos() + (EndMax.Ticks * 100);
        while (isAlive() && MonoClock.NowNanos() < until)
        {
            Pacer.SleepUntil(MonoClock.NowNanos() + 2_000_000);
        }

        if (isAlive())
        {
            Kill(process);
        }
    }

    public static void Kill(int process)
    {
        try
        {
            using var victim = Process.GetProcessById(process);
            victim.Kill();
            victim.WaitForExit(1_000);
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended in the meantime.
        }
    }

    private static string Read(int process, string what)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{what}"));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
