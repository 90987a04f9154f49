using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>A writing thread on CPU 0 and a reading one on CPU 1, both ahead of everybody else for the blink that a run takes.</summary>
internal sealed class PinnedPair
{
    /// <summary>So many vain turns are a tenth of a second and more: the other side is gone, and at this priority nobody could end us.</summary>
    public const int Patience = 1 << 26;

    /// <summary>
    /// After a run others have the CPUs for as long, and at least so long: the kernel takes them away from real-time threads that leave no
    /// breath (sched_rt_runtime_us), and a machine that answers nobody for minutes is of no use to anybody.
    /// </summary>
    private const long BreathNanosMin = 30_000_000;


    /// <summary>True when the kernel let every thread so far have its priority; else the figures contain other people's work.</summary>
    public bool IsRealTime { get; private set; } = true;

    /// <summary>Moves so many items and returns millions of them a second. Throws when one was lost or came out of order.</summary>
    public double MillionsPerSecond(IRingRunner ring, int count, long first = 0)
    {
        var (began, ended) = (new long[2], new long[2]);
        var (writes, reads) = (false, false);
        using var start = new Barrier(2);
        var writer = new Thread(() => (writes, began[0], ended[0]) = Timed(0, start, () => ring.Write(first, count)));
        var reader = new Thread(() => (reads, began[1], ended[1]) = Timed(1, start, () => ring.Read(first, count)));
        reader.Start();
        writer.Start();
        writer.Join();
        reader.Join();
        var elapsed = ended.Max() - began.Max();
        Pacer.SleepUntil(MonoClock.NowNanos() + Math.Max(elapsed, BreathNanosMin));
        return writes && reads
            ? count * 1e3 / elapsed
            : throw new InvalidOperationException($"{ring.GetType().Name}: of {count} items from number {first} on one was lost, came out of order, or one side stood still.");
    }

    private (bool Holds, long Began, long Ended) Timed(int cpu, Barrier start, Func<bool> work)
    {
        IsRealTime &= CpuBinding.Enter(cpu);

        // Asleep until both are where they belong: one that spun would keep the other, not yet bound, from ever leaving its CPU.
        start.SignalAndWait();
        var began = MonoClock.NowNanos();
        var holds = work();
        var ended = MonoClock.NowNanos();
        CpuBinding.Leave();
        return (holds, began, ended);
    }
}
