using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a commit took: until it was there, and of that on a processor. The rest is the disk's.</summary>
internal readonly record struct CommitTime(double Nanos, double CpuNanos)
{
    public static CommitTime Of(Action commit, int samples)
    {
        var (since, cpu) = (MonoClock.NowNanos(), ProcessCpu.NanosOf(Environment.ProcessId));
        commit();
        return new CommitTime(
            (double)(MonoClock.NowNanos() - since) / samples, (double)(ProcessCpu.NanosOf(Environment.ProcessId) - cpu) / samples);
    }
}
