namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>How the log writes, and how much it keeps.</summary>
internal sealed record LogTerms
{
    /// <summary>A segment is the step in which room is made; 16 MiB are half a million samples.</summary>
    public int SegmentBytes { get; init; } = 16 << 20;

    /// <summary>What waits in memory to be written, or to be written again after a sync that failed.</summary>
    public int TailBytes { get; init; } = 8 << 20;

    /// <summary>So much is written at once without waiting for <see cref="CommitEvery"/>: a write of 256 KiB is as cheap per byte as any larger.</summary>
    public int CommitBytes { get; init; } = 256 << 10;

    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    public FsyncPolicy Fsync { get; init; } = FsyncPolicy.Interval;

    public TimeSpan FsyncEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>All segments together, the one being written included.</summary>
    public long BytesMax { get; init; } = 4L << 30;

    public TimeSpan AgeMax { get; init; } = TimeSpan.FromDays(30);

    /// <summary>So much of the disk stays free for everybody else.</summary>
    public long FreeBytesMin { get; init; } = 1L << 30;

    /// <summary>A disk that failed is tried again after so long.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A sync that takes longer is told: it is a worn or an overloaded disk.</summary>
    public TimeSpan SlowSync { get; init; } = TimeSpan.FromSeconds(1);
}
