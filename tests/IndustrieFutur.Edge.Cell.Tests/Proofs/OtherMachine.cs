using System.Diagnostics;
using System.Globalization;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Stands for the machines that an edge hears from: this process and its broker keep off the core of the edge's sampler, which on a kernel that cannot be
/// preempted would wait for their system calls. A machine of one core has no other.
/// </summary>
internal sealed class OtherMachine : IDisposable
{
    private readonly int[] _processes;

    private OtherMachine(int[] processes) => _processes = processes;

    /// <summary>The sampler's core, the last; null: there is but one.</summary>
    public static int? SamplerCore => Environment.ProcessorCount > 1 ? Environment.ProcessorCount - 1 : null;

    /// <summary>Moves away this process and its children of a name.</summary>
    public static OtherMachine Of(string children)
    {
        var machine = new OtherMachine(SamplerCore is null ? [] : [Environment.ProcessId, .. ChildrenOf(children)]);
        machine.Keep($"0-{SamplerCore - 1}");
        return machine;
    }

    public void Dispose() => Keep($"0-{SamplerCore}");

    private static IEnumerable<int> ChildrenOf(string name)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            var pid = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            if (StatOf(folder) is [_, var parent, ..] stat && stat[0] == name && parent == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            {
                yield return pid;
            }
        }
    }

    /// <summary>Name and parent (proc(5)); nothing when it has just ended.</summary>
    private static string[] StatOf(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var end = text.LastIndexOf(')');
            return [text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..end], text[(end + 2)..].Split(' ')[1]];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private void Keep(string cores)
    {
        foreach (var process in _processes)
        {
            using var taskset = Process.Start(new ProcessStartInfo("taskset", ["--all-tasks", "--cpu-list", "--pid", cores, process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
            taskset.WaitForExit();
            Assert.True(taskset.ExitCode == 0, $"taskset for {process} on {cores} ended with {taskset.ExitCode}");
        }
    }
}
