using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Counts, CPU time and memory at one moment.</summary>
internal sealed record ThroughputReading(ThroughputCount Count, long MonoNanos, long EdgeCpuNanos, long HistorianCpuNanos, long BrokerCpuNanos, long ResidentBytes)
{
    public static ThroughputReading Of(BenchChild edge, BenchChild historian, int broker) => new(
        ThroughputCount.Parse(edge.Ask("?")), MonoClock.NowNanos(), edge.CpuNanos, historian.CpuNanos, ProcessCpu.NanosOf(broker), Resident(edge.ProcessId));

    private static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1_024;
    }
}
